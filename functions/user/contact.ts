import type { Sql } from "postgres";
import { publicColumns } from "./profile.ts";
import type { Contact, User } from "./model.ts";

/** A contact as one flat row: the person, and what the caller made of them. */
export type ContactRow = User & { nickname: string | null; addedAt: string };

/** The columns of `ContactRow`, from `contacts` joined with `users` and `user_profiles as profile`. */
export const contactColumns = (sql: Sql) => sql`${publicColumns(sql)}, contacts.nickname, contacts.added_at`;

/** The row as the API shows it. */
export const toContact = ({ nickname, addedAt, ...row }: ContactRow): Contact => {
  const { id, username, displayName, bio, avatarUrl, status, lastSeen } = row;
  return { contactId: id, nickname, addedAt, user: { id, username, displayName, bio, avatarUrl, status, lastSeen } };
};

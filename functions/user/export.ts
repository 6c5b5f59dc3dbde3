import type { PendingQuery, Row, Sql } from "postgres";
import type { ExportLine } from "./model.ts";

/** Rows read at a time: an export holds this much memory, and no connection while its reader is slow. */
const pageSize = 500;

type Line = Exclude<ExportLine, { type: "end" }>;
type Read = (after: Row | undefined) => PendingQuery<Row[]>;

/** The ids a list begins with when it is sorted by them. */
const first = "00000000-0000-0000-0000-000000000000";

/** What we hold, kind by kind: how to read the rows after one, each list by its key. */
const kinds = (users: Sql, chat: Sql, userId: string): Record<Line["type"], Read> => ({
  profile: (after) =>
    users`
      select users.id, username, email, is_verified, users.created_at, users.updated_at, profile.display_name,
             profile.bio, profile.avatar_url, profile.status, profile.phone_number, profile.last_seen
        from users join user_profiles as profile on profile.user_id = users.id
       where users.id = ${userId} and users.id > ${after?.["id"] ?? first}
    `,
  contact: (after) =>
    users`
      select contact_id, nickname, added_at from contacts
       where user_id = ${userId} and contact_id > ${after?.["contactId"] ?? first}
       order by contact_id
       limit ${pageSize}
    `,
  membership: (after) =>
    chat`
      select room_id, rooms.name, rooms.room_type, role, joined_at, last_read_seq, last_read_at
        from room_participants join rooms on rooms.id = room_id
       where user_id = ${userId} and room_id > ${after?.["roomId"] ?? first}
       order by room_id
       limit ${pageSize}
    `,
  message: (after) =>
    chat`
      select id, room_id, content, message_type, reply_to, created_at, updated_at, deleted_at, seq from messages
       where sender_id = ${userId} and id > ${after?.["id"] ?? first}
       order by id
       limit ${pageSize}
    `,
  reaction: (after) =>
    chat`
      select message_id, emoji, created_at, removed_at from reactions
       where user_id = ${userId} and (message_id, emoji) > (${after?.["messageId"] ?? first}::uuid, ${
      after?.["emoji"] ?? ""
    })
       order by message_id, emoji
       limit ${pageSize}
    `,
  read: (after) =>
    chat`
      select message_id, read_at from message_reads
       where user_id = ${userId} and message_id > ${after?.["messageId"] ?? first}
       order by message_id
       limit ${pageSize}
    `,
});

/** Every row we hold on somebody, read page by page as it is asked for. */
export async function* exportOf(users: Sql, chat: Sql, userId: string): AsyncGenerator<Line, void> {
  for (const [type, read] of Object.entries(kinds(users, chat, userId)) as [Line["type"], Read][]) {
    let rows: Row[] | undefined;
    do {
      rows = await read(rows?.at(-1));
      for (const row of rows) yield { type, row };
    } while (rows.length === pageSize);
  }
}

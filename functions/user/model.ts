import * as v from "valibot";
import { Counter, NextCursor, Time, Uuid } from "../lib/schema.ts";
import { PresenceStatus } from "./schema.ts";

/** What user operations answer with: the shapes, the types, and what OpenAPI says of them. */

/** What everybody who is signed in may see of somebody. */
export const User = v.strictObject({
  id: Uuid,
  username: v.string(),
  displayName: v.string(),
  bio: v.nullable(v.string()),
  avatarUrl: v.nullable(v.string()),
  status: v.nullable(v.string()),
  lastSeen: v.nullable(Time),
});
export type User = v.InferOutput<typeof User>;

/** What only the person sees. */
export const OwnProfile = v.strictObject({
  ...User.entries,
  email: v.nullable(v.string()),
  phoneNumber: v.nullable(v.string()),
  isVerified: v.boolean(),
  createdAt: Time,
  updatedAt: Time,
});
export type OwnProfile = v.InferOutput<typeof OwnProfile>;

/** Somebody the caller keeps, and under which nickname. */
export const Contact = v.strictObject({
  contactId: Uuid,
  nickname: v.nullable(v.string()),
  addedAt: Time,
  user: User,
});
export type Contact = v.InferOutput<typeof Contact>;

/** The best match first, or in no particular order when they were asked for by id. */
export const UserList = v.strictObject({ users: v.array(User) });
/** By the name they go by. */
export const ContactList = v.strictObject({ contacts: v.array(Contact), cursor: NextCursor });

/** Whether somebody is there. `lastSeen` is when they last said so, to the minute; null: never. */
export const Presence = v.strictObject({ userId: Uuid, status: PresenceStatus, lastSeen: v.nullable(Time) });
export type Presence = v.InferOutput<typeof Presence>;

/** Those who exist, in no particular order. */
export const PresenceList = v.strictObject({ presence: v.array(Presence) });

/** One line of an export: what it is of, and the row as we hold it. The last one is `end`, with how many came before. */
export const ExportLine = v.union([
  v.strictObject({
    type: v.picklist(["profile", "contact", "membership", "departure", "message", "reaction", "read"]),
    row: v.record(v.string(), v.unknown()),
  }),
  v.strictObject({ type: v.literal("end"), lines: Counter }),
]);
export type ExportLine = v.InferOutput<typeof ExportLine>;

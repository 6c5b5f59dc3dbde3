import * as v from "valibot";
import { clearable, Cursor, IdList, Name, pageSize, text, Words } from "../lib/schema.ts";

/** What people may change about themselves. A field left out stays; null or "" clears it (a display name cannot be empty). */
export const ProfileChange = v.object({
  displayName: v.optional(Name),
  bio: v.optional(clearable(text({ max: 500 }))),
  avatarUrl: v.optional(clearable(v.pipe(
    text({ max: 2048 }),
    v.url("must be a URL"),
    v.regex(/^https:\/\//i, "must begin with https://"),
  ))),
  status: v.optional(clearable(text({ max: 140 }))),
  phoneNumber: v.optional(clearable(v.pipe(
    text({ max: 32 }),
    v.regex(/^\+?[0-9][0-9 ().-]{3,30}$/, "must be a telephone number"),
  ))),
});

/** Either part of a name (`q`) or known `ids`. */
export const UserSearch = v.pipe(
  v.object({
    q: v.optional(Words),
    ids: v.optional(IdList),
    limit: pageSize(20),
  }),
  v.check(({ q, ids }) => (q === undefined) !== (ids === undefined), "must have either q or ids"),
);

export const ContactPage = v.object({ cursor: Cursor, limit: pageSize(100) });

/** What the caller calls a contact; null or nothing for the person's own name. */
export const ContactEntry = v.object({ nickname: v.optional(v.nullable(Name), null) });

/** What somebody may be at the moment. `offline` is also what nothing is known of. */
export const PresenceStatus = v.picklist(["online", "away", "busy", "offline"]);
export type PresenceStatus = v.InferOutput<typeof PresenceStatus>;

/** How the caller wants to be seen for the next 90 s. */
export const NewPresence = v.object({ status: PresenceStatus });

export const PresenceQuery = v.object({ ids: IdList });

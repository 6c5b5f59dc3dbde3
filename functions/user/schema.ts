import * as v from "valibot";
import { Id, Name, pageSize, text } from "../lib/schema.ts";

/** The empty string clears a field, as null does. */
const clearable = <S extends v.GenericSchema<string, string>>(schema: S) =>
  v.optional(v.union([v.null(), v.pipe(v.literal(""), v.transform(() => null)), schema]));

/** What people may change about themselves. A field left out stays; null or "" clears it (a display name cannot be empty). */
export const ProfileChange = v.object({
  displayName: v.optional(Name),
  bio: clearable(text({ max: 500 })),
  avatarUrl: clearable(v.pipe(
    text({ max: 2048 }),
    v.url("must be a URL"),
    v.regex(/^https:\/\//i, "must begin with https://"),
  )),
  status: clearable(text({ max: 140 })),
  phoneNumber: clearable(v.pipe(
    text({ max: 32 }),
    v.regex(/^\+?[0-9][0-9 ().-]{3,30}$/, "must be a telephone number"),
  )),
});

/** At most 100 ids in one request, joined by commas. */
const idList = v.pipe(
  v.string(),
  v.transform((list) => list.split(",").map((id) => id.trim())),
  v.array(Id),
  v.maxLength(100, "must name at most 100 ids"),
);

/** Either part of a name (`q`) or known `ids`. */
export const UserSearch = v.pipe(
  v.object({
    q: v.optional(v.pipe(text({ max: 80 }), v.trim(), v.minLength(1, "must not be blank"))),
    ids: v.optional(idList),
    limit: pageSize(20),
  }),
  v.check(({ q, ids }) => (q === undefined) !== (ids === undefined), "must have either q or ids"),
);

export const ContactPage = v.object({ cursor: v.optional(v.string()), limit: pageSize(100) });

/** What the caller calls a contact; null or nothing for the person's own name. */
export const ContactEntry = v.object({ nickname: v.optional(v.nullable(Name), null) });

/** What everybody who is signed in may see of somebody. */
export interface User {
  id: string;
  username: string;
  displayName: string;
  bio: string | null;
  avatarUrl: string | null;
  status: string | null;
  lastSeen: string | null;
}

/** What only the person sees. */
export interface OwnProfile extends User {
  email: string | null;
  phoneNumber: string | null;
  isVerified: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface Contact {
  contactId: string;
  nickname: string | null;
  addedAt: string;
  user: User;
}

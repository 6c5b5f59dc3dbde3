import * as v from "valibot";
import { clearable, Cursor, digits, Id, maxCounter, Name, pageSize, text, wholeNumber, Words } from "../lib/schema.ts";

/** Plain text of 1 to 4000 code points. */
export const Content = text({ min: 1, max: 4000 });

/** What a client sends. `id` is made by the client (UUIDv7) and makes a retry harmless. */
export const NewMessage = v.object({
  id: Id,
  content: Content,
  messageType: v.optional(v.picklist(["text"]), "text"),
  replyTo: v.optional(v.nullable(Id), null),
});

/** What a message shall say from now on. */
export const MessageEdit = v.object({ content: Content });

/** One emoji as Unicode recommends it for interchange. */
export const Emoji = v.pipe(
  v.string("must be an emoji"),
  v.maxLength(64, "must be one emoji"),
  // The pattern is made at first use: a browser too old for it may still load this file.
  v.check((text) => new RegExp("^\\p{RGI_Emoji}$", "v").test(text), "must be one emoji"),
  v.metadata({ examples: ["👍", "❤️"] }),
);

const participantIds = v.pipe(v.array(Id), v.maxLength(100, "must name at most 100 people"));
const Description = clearable(text({ max: 500 }));

/**
 * A room to be. `id` (UUIDv7, made by the client) makes a retry harmless. `participantIds` may hold the caller;
 * a direct room has exactly one other person, and asking for it again gives the same room.
 */
export const NewRoom = v.variant("roomType", [
  v.object({
    roomType: v.literal("direct"),
    id: v.optional(Id),
    participantIds: v.pipe(participantIds, v.minLength(1, "must name the other person")),
  }),
  v.object({
    roomType: v.picklist(["group", "public"]),
    id: v.optional(Id),
    name: Name,
    description: v.optional(Description, null),
    participantIds: v.optional(participantIds, []),
  }),
]);

/** What may change about a room. A field left out stays; a null description clears it. */
export const RoomChange = v.object({ name: v.optional(Name), description: v.optional(Description) });

/** What somebody may be in a room, the most powerful first. */
export const Role = v.picklist(["owner", "admin", "member"]);
export type Role = v.InferOutput<typeof Role>;

/**
 * Who may do what in a room, operation by operation; everyone else who is in it gets 403, and who is not in it 404.
 * `author` is who wrote the message. What is not listed (reading, sending, reacting, leaving, …) everyone in the room may.
 */
export const rights = {
  "update-room": ["owner", "admin"],
  "delete-room": ["owner", "admin"],
  "edit-message": ["author"],
  "delete-message": ["author", "owner", "admin"],
} as const satisfies Record<string, readonly (Role | "author")[]>;

/**
 * Who may name and remove whom (save-participant, remove-participant): for each role, the roles that its bearer may
 * give, change and take away. Everyone may leave (their own row), and anyone may join a public room as a member; a room
 * always keeps an owner.
 */
export const mayManage: Record<Role, readonly Role[]> = {
  owner: ["owner", "admin", "member"],
  admin: ["member"],
  member: [],
};

/** What somebody shall be in a room; without a role, a newcomer is a member and everybody else stays. */
export const Membership = v.object({ role: v.optional(Role) });

/** How far the caller has read: the `seq` of the newest message they have seen. */
export const ReadMarker = v.object({ seq: wholeNumber(0, maxCounter) });

/** A page of rooms, people in a room, or readers of a message. */
export const RoomPage = v.object({ cursor: Cursor, limit: pageSize(100) });
export const ParticipantPage = RoomPage;
export const ReadPage = RoomPage;

/** Public rooms: all of them, or those whose name or description has these words. */
export const RoomSearch = v.object({ q: v.optional(Words), cursor: Cursor, limit: pageSize(20) });

/** Messages with all these words, as web search engines read them: "quoted phrase", or, -without. */
export const MessageSearch = v.object({ q: Words, roomId: v.optional(Id), cursor: Cursor, limit: pageSize(20) });

/** A page of history: the newest `limit` messages, or those just `before` or `after` a seq. */
export const MessagePage = v.object({
  before: v.optional(digits(1, maxCounter)),
  after: v.optional(digits(0, maxCounter)),
  limit: pageSize(50),
});

export const ChangePage = v.object({ since: digits(0, maxCounter), limit: pageSize(100) });

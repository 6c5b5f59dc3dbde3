import * as v from "valibot";
import { digits, Id, maxCounter, Name, pageSize, text, wholeNumber } from "../lib/schema.ts";

/** Plain text of 1 to 4000 code points. */
export const Content = text({ min: 1, max: 4000 });

/** What a client sends. `id` is made by the client (UUIDv7) and makes a retry harmless. */
export const NewMessage = v.object({
  id: Id,
  content: Content,
  messageType: v.optional(v.picklist(["text"]), "text"),
  replyTo: v.optional(v.nullable(Id), null),
});

const participantIds = v.pipe(v.array(Id), v.maxLength(100, "must name at most 100 people"));
const RoomName = { name: Name, description: v.optional(v.nullable(text({ max: 500 })), null) };

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
    ...RoomName,
    participantIds: v.optional(participantIds, []),
  }),
]);

/** What somebody may be in a room, the most powerful first. */
export const Role = v.picklist(["owner", "admin", "member"]);
export type Role = v.InferOutput<typeof Role>;

/**
 * Who may name and remove whom: for each role, the roles that its bearer may give, change and take away. Everyone may
 * leave (their own row), and anyone may join a public room as a member; a room always keeps an owner.
 */
export const mayManage: Record<Role, readonly Role[]> = {
  owner: ["owner", "admin", "member"],
  admin: ["member"],
  member: [],
};

export const Membership = v.object({ role: v.optional(Role) });

/** How far the caller has read: the `seq` of the newest message they have seen. */
export const ReadMarker = v.object({ seq: wholeNumber(0, maxCounter) });

export const RoomPage = v.object({ cursor: v.optional(v.string()), limit: pageSize(100) });

/** A page of history: the newest `limit` messages, or those just `before` or `after` a seq. */
export const MessagePage = v.object({
  before: v.optional(digits(1, maxCounter)),
  after: v.optional(digits(0, maxCounter)),
  limit: pageSize(50),
});

export const ChangePage = v.object({ since: digits(0, maxCounter), limit: pageSize(100) });

export type RoomType = "direct" | "group" | "public";

/** One message as everyone in the room sees it. A deleted one keeps its place and has empty `content`. */
export interface Message {
  id: string;
  roomId: string;
  senderId: string;
  content: string;
  messageType: "text";
  replyTo: string | null;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
  seq: number;
  rev: number;
}

export interface Participant {
  userId: string;
  role: Role;
  joinedAt: string;
  lastReadSeq: number;
  lastReadAt: string | null;
}

/** A room the caller is in. `name` and `description` are null in a direct room, whose other person is `peerId`. */
export interface Room {
  id: string;
  name: string | null;
  description: string | null;
  roomType: RoomType;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
  rev: number;
  lastSeq: number;
  role: Role;
  lastReadSeq: number;
  unreadCount: number;
  peerId: string | null;
  lastMessage: Message | null;
}

/** What a stream or get-changes says of a room's settings, which is the same for everyone in it. */
export type RoomSettings = Pick<Room, "id" | "name" | "description" | "roomType" | "updatedAt">;

/** A change that took a rev. Applied in rev order, each makes the state that the next one stands on. */
export type Change =
  | { type: "message.created" | "message.updated" | "message.deleted"; roomId: string; rev: number; message: Message }
  | { type: "participant.changed"; roomId: string; rev: number; participant: { userId: string; role: Role | null } }
  | { type: "room.created" | "room.updated" | "room.deleted"; roomId: string; rev: number; room: RoomSettings };

/** What converges without an order, and takes no rev. */
export type Hint =
  | { type: "read.advanced"; roomId: string; userId: string; lastReadSeq: number }
  | { type: "user.updated"; userId: string };

/** Everything that travels on a stream as an unnamed event. `role: null` means: no longer in the room. */
export type ChatEvent = Change | Hint;

/** First on every stream, and again whenever the stream may have missed something. */
export interface Hello {
  type: "hello";
  rooms: { id: string; rev: number; lastSeq: number; lastReadSeq: number }[];
}

/** Every 15 s: the rev of each room that moved past what this stream was told; null for rooms the caller is no longer in. */
export interface Heartbeat {
  type: "heartbeat";
  heads: Record<string, number | null>;
}

import * as v from "valibot";
import { Counter, NextCursor, Time, Uuid } from "../lib/schema.ts";
import { PresenceStatus } from "../user/schema.ts";
import { Role } from "./schema.ts";

/** What chat operations answer with and what travels on a stream: the shapes, the types, and what OpenAPI says of them. */

/** Two people; those who were added; or anyone who wants to join. */
export const RoomType = v.picklist(["direct", "group", "public"]);
export type RoomType = v.InferOutput<typeof RoomType>;

/** Everyone who reacted with one emoji, the first of them first. */
export const Reaction = v.strictObject({ emoji: v.string(), userIds: v.array(Uuid) });
export type Reaction = v.InferOutput<typeof Reaction>;

/**
 * One message as everyone in the room sees it, the emoji that came first foremost. A deleted one keeps its place and has
 * neither content nor reactions.
 */
export const Message = v.strictObject({
  id: Uuid,
  roomId: Uuid,
  senderId: Uuid,
  content: v.string(),
  messageType: v.picklist(["text"]),
  replyTo: v.nullable(Uuid),
  createdAt: Time,
  updatedAt: Time,
  deletedAt: v.nullable(Time),
  seq: Counter,
  rev: Counter,
  reactions: v.array(Reaction),
});
export type Message = v.InferOutput<typeof Message>;

/** Somebody in a room, and how far they have read. */
export const Participant = v.strictObject({
  userId: Uuid,
  role: Role,
  joinedAt: Time,
  lastReadSeq: Counter,
  lastReadAt: v.nullable(Time),
});
export type Participant = v.InferOutput<typeof Participant>;

const settings = {
  id: Uuid,
  name: v.nullable(v.string()),
  description: v.nullable(v.string()),
  roomType: RoomType,
  updatedAt: Time,
};

/** What a stream or get-changes says of a room's settings, which is the same for everyone in it. */
export const RoomSettings = v.strictObject(settings);
export type RoomSettings = v.InferOutput<typeof RoomSettings>;

/** A room the caller is in. `name` and `description` are null in a direct room, whose other person is `peerId`. */
export const Room = v.strictObject({
  ...settings,
  createdBy: Uuid,
  createdAt: Time,
  rev: Counter,
  lastSeq: Counter,
  role: Role,
  lastReadSeq: Counter,
  unreadCount: Counter,
  peerId: v.nullable(Uuid),
  lastMessage: v.nullable(Message),
});
export type Room = v.InferOutput<typeof Room>;

/** The same with the people in it, the first 200 by when they joined. */
export const RoomWithParticipants = v.strictObject({ ...Room.entries, participants: v.array(Participant) });

/** A public room as somebody sees it who may join. */
export const DiscoveredRoom = v.strictObject({
  id: Uuid,
  name: v.string(),
  description: v.nullable(v.string()),
  createdAt: Time,
  updatedAt: Time,
  participantCount: Counter,
  isMember: v.boolean(),
});
export type DiscoveredRoom = v.InferOutput<typeof DiscoveredRoom>;

const of = { roomId: Uuid, rev: Counter };

/**
 * A change that took a rev, to be applied in rev order. A message's own rev is that of its last change of text; reactions
 * take revs of the room, and one to a message that is not known yet is passed over: the message will bring it.
 * `role: null` means: no longer in the room.
 */
export const Change = v.union([
  v.strictObject({
    type: v.picklist(["message.created", "message.updated", "message.deleted"]),
    ...of,
    message: Message,
  }),
  v.strictObject({
    type: v.literal("reaction.changed"),
    ...of,
    reaction: v.strictObject({ messageId: Uuid, userId: Uuid, emoji: v.string(), isOn: v.boolean() }),
  }),
  v.strictObject({
    type: v.literal("participant.changed"),
    ...of,
    participant: v.union([Participant, v.strictObject({ userId: Uuid, role: v.null() })]),
  }),
  v.strictObject({ type: v.picklist(["room.created", "room.updated"]), ...of, room: RoomSettings }),
  v.strictObject({ type: v.literal("room.deleted"), ...of }),
]);
export type Change = v.InferOutput<typeof Change>;

/** What converges without an order, and takes no rev. */
export const Hint = v.union([
  v.strictObject({ type: v.literal("read.advanced"), roomId: Uuid, userId: Uuid, lastReadSeq: Counter }),
  v.strictObject({ type: v.literal("typing"), roomId: Uuid, userId: Uuid }),
  v.strictObject({ type: v.literal("presence.changed"), userId: Uuid, status: PresenceStatus }),
  v.strictObject({ type: v.literal("user.updated"), userId: Uuid }),
]);
export type Hint = v.InferOutput<typeof Hint>;

/** Everything that travels on a stream as an unnamed event. */
export type ChatEvent = Change | Hint;

/** First on every stream, and again whenever the stream may have missed something. */
export const Hello = v.strictObject({
  type: v.literal("hello"),
  rooms: v.array(v.strictObject({ id: Uuid, rev: Counter, lastSeq: Counter, lastReadSeq: Counter })),
});
export type Hello = v.InferOutput<typeof Hello>;

/**
 * Every 15 s: the rev of each room that moved past what this stream was told, null for rooms the caller is no longer
 * in; and how far the caller has read, by whatever device, in each room where the stream was not told.
 */
export const Heartbeat = v.strictObject({
  type: v.literal("heartbeat"),
  heads: v.record(v.string(), v.nullable(Counter)),
  reads: v.record(v.string(), Counter),
});
export type Heartbeat = v.InferOutput<typeof Heartbeat>;

/** Everything that a stream may say. */
export const StreamEvent = v.union([Hello, Heartbeat, Change, Hint]);

/** The room with the latest change first. */
export const RoomList = v.strictObject({ rooms: v.array(Room), cursor: NextCursor });
/** The room with the latest change first. */
export const DiscoveredRoomList = v.strictObject({ rooms: v.array(DiscoveredRoom), cursor: NextCursor });
/** `rev` is the room's when this page was read. */
export const ParticipantList = v.strictObject({
  participants: v.array(Participant),
  rev: Counter,
  cursor: NextCursor,
});
/** Ascending by seq; `rev` is the room's when this page was read. */
export const MessageList = v.strictObject({ messages: v.array(Message), rev: Counter, hasMore: v.boolean() });
/** `rev` is where the caller stands after these changes, `head` where the room stands. */
export const ChangeList = v.strictObject({
  changes: v.array(Change),
  rev: Counter,
  head: Counter,
  hasMore: v.boolean(),
  truncated: v.boolean(),
});
/** Who has read a message but its sender, the earliest first. */
export const ReadList = v.strictObject({
  reads: v.array(v.strictObject({ userId: Uuid, readAt: Time })),
  cursor: NextCursor,
});
/** Where the caller's read marker stands. */
export const ReadMarkerPlace = v.strictObject({ lastReadSeq: Counter });
/** The newest first. */
export const FoundMessageList = v.strictObject({ messages: v.array(Message), cursor: NextCursor });

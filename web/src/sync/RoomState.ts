import type { Change, Message, Participant, Room } from "../../../functions/chat/schema.ts";

/** Somebody in a room, as far as a stream keeps it true. */
export type Member = Pick<Participant, "userId" | "role" | "lastReadSeq">;

/**
 * One room as this client holds it: everything up to `rev`. `messages` is a window without a hole that reaches to the
 * newest message, and null until the room is opened, as `members` is. Values are replaced, never changed.
 */
export interface RoomState extends Omit<Room, "unreadCount"> {
  messages: readonly Message[] | null;
  members: readonly Member[] | null;
  /** Whether the room has messages before the window. */
  hasOlder: boolean;
}

export const unreadIn = (room: Pick<RoomState, "lastSeq" | "lastReadSeq">): number =>
  Math.max(0, room.lastSeq - room.lastReadSeq);

export function roomStateOf({ unreadCount: _, ...room }: Room): RoomState {
  return { ...room, messages: null, members: null, hasOlder: false };
}

/** Put a message into its place by seq; of two states of one message the later rev wins. */
export function upsert(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findLastIndex(({ seq }) => seq <= message.seq);
  const known = messages[at];
  if (known?.seq !== message.seq) return messages.toSpliced(at + 1, 0, message);
  return known.rev >= message.rev ? messages : messages.with(at, message);
}

/** Whether the window has every message from its first to the room's newest. */
export function isWhole({ messages, lastSeq }: RoomState): boolean {
  const first = messages?.[0];
  if (!messages) return true;
  return first ? messages.at(-1)!.seq === lastSeq && messages.length === lastSeq - first.seq + 1 : lastSeq === 0;
}

/** The room with a message in it that is new, or newer than what was known of it. Does not move `rev`. */
export function withMessage(room: RoomState, message: Message, myId: string): RoomState {
  const { lastMessage, messages, hasOlder } = room;
  const isNewest = !lastMessage || message.seq > lastMessage.seq ||
    (message.seq === lastMessage.seq && message.rev > lastMessage.rev);
  const isInWindow = messages && (!hasOlder || message.seq >= (messages[0]?.seq ?? 0));
  const isMineAndNew = message.senderId === myId && message.seq > room.lastSeq;
  return {
    ...room,
    lastSeq: Math.max(room.lastSeq, message.seq),
    lastReadSeq: isMineAndNew ? Math.max(room.lastReadSeq, message.seq) : room.lastReadSeq,
    lastMessage: isNewest ? message : lastMessage,
    messages: isInWindow ? upsert(messages, message) : messages,
  };
}

function withParticipant(
  room: RoomState,
  { userId, role }: { userId: string; role: Member["role"] | null },
  myId: string,
) {
  const others = room.members?.filter((member) => member.userId !== userId);
  const lastReadSeq = room.members?.find((member) => member.userId === userId)?.lastReadSeq ?? 0;
  return {
    ...room,
    role: userId === myId && role ? role : room.role,
    members: others && role ? [...others, { userId, role, lastReadSeq }] : others ?? null,
  };
}

/** The room after one change, which must be the next to its `rev` or part of a page that leads from there; null: gone. */
export function applyChange(room: RoomState, change: Change, myId: string): RoomState | null {
  const rev = Math.max(room.rev, change.rev);
  switch (change.type) {
    case "message.created":
    case "message.updated":
    case "message.deleted":
      return { ...withMessage(room, change.message, myId), rev };
    case "participant.changed":
      if (change.participant.userId === myId && change.participant.role === null) return null;
      return { ...withParticipant(room, change.participant, myId), rev };
    case "room.deleted":
      return null;
    case "room.created":
    case "room.updated":
      return { ...room, ...change.room, rev };
    default:
      return { ...room, rev }; // a kind of change from a later release: it took a rev all the same
  }
}

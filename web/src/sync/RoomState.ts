import type { Change, Message, Participant, Reaction, Room } from "../../../functions/chat/model.ts";

/**
 * One room as this client holds it: everything up to `rev`. `messages` is a window without a hole; it and `members` are
 * null until the room is opened. Values are replaced, never changed.
 */
export interface RoomState extends Omit<Room, "unreadCount"> {
  messages: readonly Message[] | null;
  members: readonly Participant[] | null;
  /** Whether more people are in the room than are here. */
  hasMoreMembers: boolean;
  /** Whether the room has messages before the window. */
  hasOlder: boolean;
  /** Whether the room has messages after the window, which then does not grow by what is new. */
  hasNewer: boolean;
}

export const unreadIn = (room: Pick<RoomState, "lastSeq" | "lastReadSeq">): number =>
  Math.max(0, room.lastSeq - room.lastReadSeq);

/** A room that nobody looks at. */
export const closed = {
  messages: null,
  members: null,
  hasMoreMembers: false,
  hasOlder: false,
  hasNewer: false,
} as const;

export function roomStateOf({ unreadCount: _, ...room }: Room): RoomState {
  return { ...room, ...closed };
}

/** Of two states of one message the later. What is deleted stays so, whoever said it first. */
function later(known: Message, message: Message): Message {
  if (known.rev >= message.rev) return known;
  return known.deletedAt && !message.deletedAt ? { ...message, content: "", deletedAt: known.deletedAt } : message;
}

/**
 * Put a message into its place by seq. A known one keeps the reactions we know, which have changes of their own; a
 * deleted one has none.
 */
export function upsert(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findLastIndex(({ seq }) => seq <= message.seq);
  const known = messages[at];
  if (known?.seq !== message.seq) return messages.toSpliced(at + 1, 0, message);
  const next = later(known, message);
  return next === known ? messages : messages.with(at, { ...next, reactions: next.deletedAt ? [] : known.reactions });
}

/** Whether the window has every message from its first to its last, the room's newest unless it says otherwise. */
export function isWhole({ messages, lastSeq, hasNewer }: RoomState): boolean {
  const first = messages?.[0], last = messages?.at(-1);
  if (!messages) return true;
  return first && last
    ? (hasNewer || last.seq === lastSeq) && messages.length === last.seq - first.seq + 1
    : lastSeq === 0;
}

/** Whether a place lies in the window, or where the window grows. */
export function isInWindow({ messages, hasOlder, hasNewer }: RoomState, seq: number): boolean {
  if (!messages) return false;
  return (!hasOlder || seq >= (messages[0]?.seq ?? 0)) && (!hasNewer || seq <= (messages.at(-1)?.seq ?? 0));
}

/**
 * The room with a message in it that is new, or newer than what was known of it. Does not move `rev`. Whoever sends has
 * read up to there, as the server has it too.
 */
export function withMessage(room: RoomState, message: Message, myId: string): RoomState {
  const { lastMessage, messages } = room;
  const isLast = !lastMessage || message.seq > lastMessage.seq;
  return {
    ...room,
    lastSeq: Math.max(room.lastSeq, message.seq),
    lastReadSeq: message.senderId === myId ? Math.max(room.lastReadSeq, message.seq) : room.lastReadSeq,
    lastMessage: isLast ? message : message.seq === lastMessage.seq ? later(lastMessage, message) : lastMessage,
    messages: messages && isInWindow(room, message.seq) ? upsert(messages, message) : messages,
  };
}

/** Somebody's reaction with one emoji, given or taken back; as it was already changes nothing. */
export function withReaction(
  reactions: readonly Reaction[],
  { userId, emoji, isOn }: { userId: string; emoji: string; isOn: boolean },
): Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji)?.userIds ?? [];
  if (known.includes(userId) === isOn) return [...reactions];
  const userIds = isOn ? [...known, userId] : known.filter((other) => other !== userId);
  if (known.length === 0) return [...reactions, { emoji, userIds }];
  return reactions.map((reaction) => reaction.emoji === emoji ? { emoji, userIds } : reaction)
    .filter(({ userIds }) => userIds.length > 0);
}

/** The room with one message of its window replaced. */
function withMessageAs(room: RoomState, id: string, change: (message: Message) => Message): RoomState {
  const at = room.messages?.findLastIndex((message) => message.id === id) ?? -1;
  const message = room.messages?.[at];
  return message && !message.deletedAt ? { ...room, messages: room.messages!.with(at, change(message)) } : room;
}

/** The room with a message deleted, before its change came. */
export function withDeleted(room: RoomState, id: string, deletedAt: string): RoomState {
  const { lastMessage } = room;
  const last = lastMessage?.id === id ? { ...lastMessage, content: "", deletedAt } : lastMessage;
  const next = withMessageAs(room, id, (message) => ({ ...message, content: "", deletedAt, reactions: [] }));
  return { ...next, lastMessage: last };
}

type ParticipantChange = Extract<Change, { type: "participant.changed" }>["participant"];

function withParticipant(room: RoomState, participant: ParticipantChange, myId: string): RoomState {
  const { userId } = participant;
  const known = room.members?.find((member) => member.userId === userId);
  const others = room.members?.filter((member) => member.userId !== userId) ?? null;
  if (participant.role === null) return { ...room, members: others };
  const lastReadSeq = Math.max(participant.lastReadSeq, known?.lastReadSeq ?? 0);
  const isMe = userId === myId;
  return {
    ...room,
    role: isMe ? participant.role : room.role,
    lastReadSeq: isMe ? Math.max(room.lastReadSeq, lastReadSeq) : room.lastReadSeq,
    members: others && [...others, { ...participant, lastReadSeq }],
  };
}

/** The room after one change, the next to its `rev` or part of a page that leads from there; null: it is gone. */
export function applyChange(room: RoomState, change: Change, myId: string): RoomState | null {
  const rev = Math.max(room.rev, change.rev);
  switch (change.type) {
    case "message.created":
    case "message.updated":
    case "message.deleted":
      return { ...withMessage(room, change.message, myId), rev };
    case "reaction.changed": {
      const { messageId, ...reaction } = change.reaction;
      const react = (message: Message) => ({ ...message, reactions: withReaction(message.reactions, reaction) });
      return { ...withMessageAs(room, messageId, react), rev };
    }
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

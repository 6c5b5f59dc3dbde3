import type { Change, ChatEvent, Heartbeat, Hello, Message, Participant, Room } from "../../../functions/chat/model.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { withReaction } from "../sync/RoomState.ts";
import { firstPeople, type SyncApi } from "../sync/SyncApi.ts";

type Shared = Omit<Room, "role" | "lastReadSeq" | "unreadCount" | "peerId" | "lastMessage">;
type Place = Pick<Message, "roomId" | "id">;
type Held = { room: Shared; messages: Message[]; changes: Change[]; participants: Participant[] };

const time = new Date(Date.UTC(2026, 10, 23, 9)).toISOString();
const gone = () => new RequestFailed(404);

/** What a change is of: get-changes tells of each thing only how it last changed. */
function thingOf(change: Change): string {
  if ("message" in change) return change.message.id;
  if ("participant" in change) return change.participant.userId;
  if (!("reaction" in change)) return "room";
  const { messageId, userId, emoji } = change.reaction;
  return `${messageId} ${userId} ${emoji}`;
}

/**
 * The rooms of a Parley server, in memory, as `me` sees them: the same counters and rules as functions/chat. Changes go
 * to whoever listens, unless the listener is made deaf; `changesPerPage` is how many one page holds.
 */
export function makeServer(me = "me", { changesPerPage = 100 } = {}) {
  const rooms = new Map<string, Held>();
  const asked: string[] = [];
  let listener: ((event: ChatEvent) => void) | undefined;
  let isTruncating = false, failing: RequestFailed | undefined;

  function held(roomId: string): Held {
    const found = rooms.get(roomId);
    if (!found?.participants.some(({ userId }) => userId === me)) throw gone();
    return found;
  }
  const mineIn = ({ participants }: Held) => participants.find(({ userId }) => userId === me)!;
  const mine = () => [...rooms.values()].filter(mineIn);
  function view(held: Held): Room {
    const { room, participants, messages } = held;
    const { role, lastReadSeq } = mineIn(held);
    const peer = participants.find(({ userId }) => userId !== me)?.userId ?? null;
    return {
      ...room,
      role,
      lastReadSeq,
      unreadCount: room.lastSeq - lastReadSeq,
      peerId: room.roomType === "direct" ? peer : null,
      lastMessage: messages.at(-1) ?? null,
    };
  }
  function commit(roomId: string, change: Change) {
    const { room, changes } = rooms.get(roomId)!;
    room.rev = change.rev;
    changes.push(structuredClone(change));
    listener?.(structuredClone(change));
  }
  const participant = (userId: string, role: Participant["role"], lastReadSeq = 0): Participant => ({
    userId,
    role,
    joinedAt: time,
    lastReadSeq,
    lastReadAt: null,
  });
  async function answer<T>(request: string, make: () => T): Promise<T> {
    asked.push(request);
    await Promise.resolve();
    if (failing) throw failing;
    return structuredClone(make());
  }
  function changeMessage({ roomId, id }: Place, type: "message.updated" | "message.deleted", to: Partial<Message>) {
    const { room, messages } = rooms.get(roomId)!;
    const at = messages.findIndex((message) => message.id === id);
    const next = { ...messages[at]!, ...to, rev: room.rev + 1 };
    if (next.deletedAt) next.reactions = [];
    messages[at] = next;
    commit(roomId, { type, roomId, rev: next.rev, message: next });
    return next;
  }
  function react({ roomId, id }: Place, emoji: string, userId = "ada", isOn = true) {
    const { room, messages } = rooms.get(roomId)!;
    const message = messages.find((message) => message.id === id)!;
    const reactions = withReaction(message.reactions, { userId, emoji, isOn });
    if (message.deletedAt || JSON.stringify(reactions) === JSON.stringify(message.reactions)) return;
    message.reactions = reactions;
    const reaction = { messageId: id, userId, emoji, isOn };
    commit(roomId, { type: "reaction.changed", roomId, rev: room.rev + 1, reaction });
  }

  const api: SyncApi = {
    listRooms: () => answer("rooms", () => ({ rooms: mine().map(view), cursor: null })),
    getRoom: (id) =>
      answer("room", () => ({ ...view(held(id)), participants: held(id).participants.slice(0, firstPeople) })),
    listParticipants: (id, cursor = "0") =>
      answer("people", () => {
        const { participants, room: { rev } } = held(id), from = Number(cursor);
        const isLast = from + 100 >= participants.length;
        return { participants: participants.slice(from, from + 100), rev, cursor: isLast ? null : String(from + 100) };
      }),
    listMessages: (id, { before = Infinity, after, limit }) =>
      answer("messages", () => {
        const { messages, room: { rev } } = held(id);
        const found = messages.filter(({ seq }) => seq < before && seq > (after ?? 0));
        const page = after === undefined ? found.slice(-limit) : found.slice(0, limit);
        return { messages: page, rev, hasMore: found.length > limit };
      }),
    getChanges: (id, since) =>
      answer("changes", () => {
        const { changes, room: { rev: head }, messages } = held(id);
        if (isTruncating) return { changes: [], rev: head, head, hasMore: false, truncated: true };
        const last = new Map(changes.map((change) => [thingOf(change), change]));
        const isShown = (change: Change) =>
          change.rev > since && !("reaction" in change && !messages.find(({ id }) => id === change.reaction.messageId));
        const after = [...last.values()].filter(isShown).sort((a, b) => a.rev - b.rev);
        const page = after.slice(0, changesPerPage);
        const hasMore = after.length > page.length;
        return { changes: page, rev: hasMore ? page.at(-1)!.rev : head, head, hasMore, truncated: false };
      }),
    markRead: (id, seq) =>
      answer(`mark ${seq}`, () => {
        const mine = mineIn(held(id));
        mine.lastReadSeq = Math.max(mine.lastReadSeq, seq);
        listener?.({ type: "read.advanced", roomId: id, userId: me, lastReadSeq: mine.lastReadSeq });
      }),
    react: (roomId, id, emoji, isOn) =>
      answer(`${isOn ? "react" : "unreact"} ${emoji}`, () => {
        held(roomId);
        react({ roomId, id }, emoji, me, isOn);
      }),
  };

  return {
    api,
    /** What was asked so far, in order. */
    asked,
    listen: (to: typeof listener) => listener = to,
    /** Send the listener something that takes no rev. */
    tell: (event: ChatEvent) => listener?.(event),
    truncate: () => isTruncating = true,
    fail: (failure?: RequestFailed) => failing = failure,
    room(id: string, people = [me, "ada"], settings: Partial<Shared> = {}) {
      const room: Shared = {
        id,
        name: id,
        description: null,
        roomType: "group",
        createdBy: people[0]!,
        createdAt: time,
        updatedAt: time,
        rev: 1,
        lastSeq: 0,
        ...settings,
      };
      const participants = people.map((userId, i) => participant(userId, i ? "member" : "owner"));
      rooms.set(id, { room, messages: [], changes: [], participants });
      return room;
    },
    say(
      roomId: string,
      content: string,
      { id = crypto.randomUUID() as string, from = "ada", at = time, replyTo = null as string | null } = {},
    ): Message {
      const { room, messages, participants } = rooms.get(roomId)!;
      const seq = ++room.lastSeq, rev = room.rev + 1;
      const message: Message = {
        id,
        roomId,
        senderId: from,
        content,
        messageType: "text",
        replyTo,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
        seq,
        rev,
        reactions: [],
      };
      messages.push(structuredClone(message));
      const sender = participants.find(({ userId }) => userId === from);
      if (sender) sender.lastReadSeq = seq;
      commit(roomId, { type: "message.created", roomId, rev, message });
      return message;
    },
    edit: (message: Place, content: string) =>
      changeMessage(message, "message.updated", { content, updatedAt: new Date(Date.parse(time) + 1).toISOString() }),
    remove: (message: Place) => changeMessage(message, "message.deleted", { content: "", deletedAt: time }),
    react,
    rename(roomId: string, name: string, description: string | null = null) {
      const { room } = rooms.get(roomId)!;
      Object.assign(room, { name, description });
      const { id, roomType, updatedAt } = room;
      const settings = { id, name, description, roomType, updatedAt };
      commit(roomId, { type: "room.updated", roomId, rev: room.rev + 1, room: settings });
    },
    /** Delete a whole room. */
    raze(roomId: string) {
      const rev = rooms.get(roomId)!.room.rev + 1;
      commit(roomId, { type: "room.deleted", roomId, rev });
      rooms.delete(roomId);
    },
    part(roomId: string, userId: string) {
      const held = rooms.get(roomId)!;
      held.participants = held.participants.filter((p) => p.userId !== userId);
      const change = { userId, role: null };
      commit(roomId, { type: "participant.changed", roomId, rev: held.room.rev + 1, participant: change });
    },
    add(roomId: string, userId: string, role: Participant["role"] = "member") {
      const { room, participants } = rooms.get(roomId)!;
      const known = participants.find((p) => p.userId === userId);
      const next = known ? { ...known, role } : participant(userId, role, room.lastSeq);
      if (known) participants.splice(participants.indexOf(known), 1, next);
      else participants.push(next);
      commit(roomId, { type: "participant.changed", roomId, rev: room.rev + 1, participant: next });
      return next;
    },
    /** Messages of my rooms with this in them, the newest first. */
    search: (q: string) =>
      mine().flatMap(({ messages }) => messages).filter(({ content }) =>
        content.toLowerCase().includes(q.toLowerCase())
      )
        .reverse(),
    hello: (): Hello => ({
      type: "hello",
      rooms: mine().map(view).map(({ id, rev, lastSeq, lastReadSeq }) => ({ id, rev, lastSeq, lastReadSeq })),
    }),
    /** A heartbeat of a stream that was told nothing; null heads for the rooms in `known` that are no longer mine. */
    heartbeat(known: readonly string[] = []): Heartbeat {
      const heads = Object.fromEntries(mine().map(({ room }) => [room.id, room.rev as number | null]));
      const reads = Object.fromEntries(mine().map((held) => [held.room.id, mineIn(held).lastReadSeq]));
      return { type: "heartbeat", heads: { ...Object.fromEntries(known.map((id) => [id, null])), ...heads }, reads };
    },
    at: (roomId: string) => rooms.get(roomId)!,
  };
}

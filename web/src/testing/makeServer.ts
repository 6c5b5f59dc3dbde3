import type { Change, ChatEvent, Hello, Message, Participant, Room } from "../../../functions/chat/schema.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import type { SyncApi } from "../sync/SyncApi.ts";

type Shared = Omit<Room, "role" | "lastReadSeq" | "unreadCount" | "peerId" | "lastMessage">;
type Held = { room: Shared; messages: Message[]; changes: Change[]; participants: Participant[] };

const time = new Date(Date.UTC(2026, 10, 23, 9)).toISOString();
const gone = () => new RequestFailed(404);

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
  function view({ room, participants, messages }: Held): Room {
    const mine = participants.find(({ userId }) => userId === me)!;
    const peer = participants.find(({ userId }) => userId !== me)?.userId ?? null;
    return {
      ...room,
      role: mine.role,
      lastReadSeq: mine.lastReadSeq,
      unreadCount: room.lastSeq - mine.lastReadSeq,
      peerId: room.roomType === "direct" ? peer : null,
      lastMessage: messages.at(-1) ?? null,
    };
  }
  function commit(roomId: string, change: Change) {
    const { room, changes } = rooms.get(roomId)!;
    room.rev = change.rev;
    changes.push(change);
    listener?.(structuredClone(change));
  }
  const participant = (userId: string, role: Participant["role"]): Participant => ({
    userId,
    role,
    joinedAt: time,
    lastReadSeq: 0,
    lastReadAt: null,
  });
  async function answer<T>(request: string, make: () => T): Promise<T> {
    asked.push(request);
    await Promise.resolve();
    if (failing) throw failing;
    return structuredClone(make());
  }

  const api: SyncApi = {
    listRooms: () =>
      answer("rooms", () => ({
        rooms: [...rooms.values()].filter((r) => r.participants.some((p) => p.userId === me)).map(view),
        cursor: null,
      })),
    getRoom: (id) => answer("room", () => ({ ...view(held(id)), participants: held(id).participants })),
    listMessages: (id, { before = Infinity, limit }) =>
      answer("messages", () => {
        const older = held(id).messages.filter(({ seq }) => seq < before);
        return { messages: older.slice(-limit), rev: held(id).room.rev, hasMore: older.length > limit };
      }),
    getChanges: (id, since) =>
      answer("changes", () => {
        const { changes, room } = held(id);
        if (isTruncating) return { changes: [], rev: room.rev, hasMore: false, truncated: true };
        const thing = (c: Change) => "message" in c ? c.message.id : "participant" in c ? c.participant.userId : "room";
        const latest = changes.filter((c, i) => !changes.slice(i + 1).some((later) => thing(later) === thing(c)));
        const after = latest.filter(({ rev }) => rev > since);
        const page = after.slice(0, changesPerPage);
        const hasMore = after.length > page.length;
        return { changes: page, rev: hasMore ? page.at(-1)!.rev : room.rev, hasMore, truncated: false };
      }),
    markRead: (id, seq) =>
      answer(`mark ${seq}`, () => {
        const mine = held(id).participants.find(({ userId }) => userId === me)!;
        mine.lastReadSeq = Math.max(mine.lastReadSeq, seq);
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
      { id = crypto.randomUUID() as string, from = "ada", at = time } = {},
    ): Message {
      const { room, messages } = rooms.get(roomId)!;
      const seq = ++room.lastSeq, rev = room.rev + 1;
      const message: Message = {
        id,
        roomId,
        senderId: from,
        content,
        messageType: "text",
        replyTo: null,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
        seq,
        rev,
      };
      messages.push(message);
      commit(roomId, { type: "message.created", roomId, rev, message });
      return message;
    },
    edit(message: Message, content: string) {
      const { room, messages } = rooms.get(message.roomId)!;
      const next = { ...message, content, rev: room.rev + 1 };
      messages[message.seq - 1] = next;
      commit(message.roomId, { type: "message.updated", roomId: message.roomId, rev: next.rev, message: next });
    },
    rename(roomId: string, name: string) {
      const { room } = rooms.get(roomId)!;
      room.name = name;
      const { id, description, roomType, updatedAt } = room;
      const settings = { id, name, description, roomType, updatedAt };
      commit(roomId, { type: "room.updated", roomId, rev: room.rev + 1, room: settings });
    },
    remove(roomId: string, userId: string) {
      const held = rooms.get(roomId)!;
      held.participants = held.participants.filter((p) => p.userId !== userId);
      const change = { userId, role: null };
      commit(roomId, { type: "participant.changed", roomId, rev: held.room.rev + 1, participant: change });
    },
    add(roomId: string, userId: string, role: Participant["role"] = "member") {
      const held = rooms.get(roomId)!;
      held.participants = [...held.participants.filter((p) => p.userId !== userId), participant(userId, role)];
      commit(roomId, { type: "participant.changed", roomId, rev: held.room.rev + 1, participant: { userId, role } });
    },
    hello(): Hello {
      const mine = [...rooms.values()].filter((r) => r.participants.some((p) => p.userId === me)).map(view);
      return {
        type: "hello",
        rooms: mine.map(({ id, rev, lastSeq, lastReadSeq }) => ({ id, rev, lastSeq, lastReadSeq })),
      };
    },
    at: (roomId: string) => rooms.get(roomId)!,
  };
}

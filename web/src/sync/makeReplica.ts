import type { Change, Message, Room } from "../../../functions/chat/schema.ts";
import { isGone } from "../api/RequestFailed.ts";
import type { Pause } from "../time/makePause.ts";
import { makeJobs } from "./makeJobs.ts";
import { applyChange, isWhole, type RoomState, roomStateOf, upsert, withMessage } from "./RoomState.ts";
import type { SyncApi } from "./SyncApi.ts";

/** Messages in one page of history. */
const pageSize = 50;

export interface ReplicaParts {
  roomId: string;
  myId: string;
  api: SyncApi;
  /** Cut short when the stream comes back, so that what waits for a retry goes on at once. */
  pause: Pause;
  /** The room's new state; null when it is no longer ours. */
  publish(room: RoomState | null): void;
}

/**
 * This client's copy of one room. Requests run one after another; changes that arrive meanwhile wait for them, and are
 * then applied by the client rule: next to ours, take it; known, ignore it; a gap, ask for the changes in between.
 */
export function makeReplica({ roomId, myId, api, pause, publish }: ReplicaParts) {
  let room: RoomState | null = null;
  /** The highest rev applied, kept when the room is gone so that late news of the time before do not bring it back. */
  let applied = -1;
  /** The highest rev heard of. */
  let head = 0;
  let waiting: Change[] = [];
  const jobs = makeJobs({ pause, onIdle: drain });

  function set(next: RoomState | null) {
    applied = Math.max(applied, next?.rev ?? room?.rev ?? 0);
    room = next;
    publish(next);
  }

  /** The same job, for which a room that is gone is an answer too. */
  function orGone<T>(job: () => Promise<T>): () => Promise<T | undefined> {
    return async () => {
      try {
        return await job();
      } catch (error) {
        if (!isGone(error)) throw error;
        if (room) set(null);
      }
    };
  }

  /** Run after what is under way, until it is answered: the copy depends on it. */
  const insist = <T>(job: () => Promise<T>) => jobs.insist(orGone(job));

  function drain() {
    const changes = waiting.sort((a, b) => a.rev - b.rev);
    waiting = [];
    for (const change of changes) hear(change);
    if (!jobs.isBusy() && room && room.rev < head) void insist(catchUp);
  }

  function hear(change: Change) {
    if (jobs.isBusy()) {
      waiting.push(change);
      return;
    }
    if (!room) {
      const isMyEnd = change.type === "room.deleted" ||
        (change.type === "participant.changed" && change.participant.userId === myId && !change.participant.role);
      if (change.rev > applied && !isMyEnd) void insist(load);
      return;
    }
    if (change.rev <= room.rev) return;
    head = Math.max(head, change.rev);
    if (change.rev === room.rev + 1) set(applyChange(room, change, myId));
    else void insist(catchUp);
  }

  /** Take the room as it is, without its messages. */
  async function load() {
    if (room) return;
    set(roomStateOf(await api.getRoom(roomId)));
  }

  /** Take everything anew: the room, its members and its newest messages, at the older rev of the two answers. */
  async function reload() {
    const [{ participants, ...fresh }, page] = await Promise.all([
      api.getRoom(roomId),
      api.listMessages(roomId, { limit: pageSize }),
    ]);
    const lastSeq = Math.max(fresh.lastSeq, page.messages.at(-1)?.seq ?? 0);
    head = Math.max(fresh.rev, page.rev);
    set({
      ...roomStateOf(fresh),
      rev: Math.min(fresh.rev, page.rev),
      lastSeq,
      lastReadSeq: Math.max(fresh.lastReadSeq, room?.lastReadSeq ?? 0),
      lastMessage: page.messages.at(-1) ?? fresh.lastMessage,
      messages: page.messages,
      members: participants,
      hasOlder: page.hasMore,
    });
  }

  /** Bring a room without a window up to the present. */
  async function reloadSettings() {
    const { participants: _, ...fresh } = await api.getRoom(roomId);
    head = fresh.rev;
    set({ ...roomStateOf(fresh), lastReadSeq: Math.max(fresh.lastReadSeq, room?.lastReadSeq ?? 0) });
  }

  const startOver = () => room?.messages ? reload() : reloadSettings();

  /** Apply what happened since our rev, all pages at once: no hole is ever seen. */
  async function catchUp() {
    const changes: Change[] = [];
    for (let rev = room?.rev, hasMore = true; hasMore;) {
      if (rev === undefined) return;
      const page = await api.getChanges(roomId, rev);
      if (page.truncated || page.rev < rev) return startOver();
      changes.push(...page.changes);
      hasMore = page.hasMore && page.rev > rev;
      rev = page.rev;
      if (hasMore) continue;
      const next = changes.reduce<RoomState | null>((state, change) => state && applyChange(state, change, myId), room);
      if (next && !isWhole(next)) return startOver();
      head = rev; // the server's word, whatever was heard before
      set(next && { ...next, rev });
    }
  }

  return {
    get room() {
      return room;
    },
    hear,
    /** The room as a list or an answer gave it; only the first word counts, changes tell the rest. */
    adopt(given: Room) {
      if (!room && !jobs.isBusy() && given.rev >= applied) set(roomStateOf(given));
    },
    /** Fetch a room that something was heard of. */
    load: () => insist(load),
    /** A head that the server named. */
    reach(rev: number) {
      if (!room) return void insist(load);
      if (rev > room.rev) head = Math.max(head, rev);
      if (rev !== room.rev && !jobs.isBusy()) void insist(catchUp);
    },
    /** Ask whether there is news, whatever the stream said. */
    check: () => insist(catchUp),
    /** Get the members and the newest messages, once. */
    open: () => insist(async () => room?.messages ? undefined : await reload()),
    /** Get the page before the window. A page older than our rev is brought up to date by the changes since. */
    loadOlder: () =>
      jobs.run(orGone(async () => {
        const before = room?.messages?.[0]?.seq;
        if (!room?.hasOlder || before === undefined) return;
        const page = await api.listMessages(roomId, { before, limit: pageSize });
        if (!room?.messages) return;
        head = Math.max(head, room.rev);
        const messages = page.messages.reduce(upsert, room.messages);
        set({ ...room, messages, hasOlder: page.hasMore, rev: Math.min(room.rev, page.rev) });
      })),
    /** Keep only the newest page, when nobody looks any more. */
    fold() {
      if (!room?.messages || room.messages.length <= pageSize) return;
      set({ ...room, messages: room.messages.slice(-pageSize), hasOlder: true });
    },
    /** My own message, as the server answered: in its place at once, by the rule as soon as its turn comes. */
    acknowledge(message: Message) {
      if (room) set(withMessage(room, message, myId));
      hear({ type: "message.created", roomId, rev: message.rev, message });
    },
    /** How far somebody has read; it only moves forward. */
    mark(userId: string, seq: number) {
      if (!room) return;
      const isKnown = (lastReadSeq: number | undefined) => lastReadSeq === undefined || lastReadSeq >= seq;
      const member = room.members?.find((member) => member.userId === userId);
      if (isKnown(member?.lastReadSeq) && (userId !== myId || isKnown(room.lastReadSeq))) return;
      const lastReadSeq = userId === myId ? Math.max(room.lastReadSeq, seq) : room.lastReadSeq;
      const members =
        room.members?.map((member) =>
          member.userId === userId ? { ...member, lastReadSeq: Math.max(member.lastReadSeq, seq) } : member
        ) ?? null;
      set({ ...room, lastReadSeq, members });
    },
  };
}

export type Replica = ReturnType<typeof makeReplica>;

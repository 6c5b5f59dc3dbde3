import type { Change, Message, Room } from "../../../functions/chat/model.ts";
import { isGone } from "../api/RequestFailed.ts";
import type { Pause } from "../time/makePause.ts";
import { makeJobs } from "./makeJobs.ts";
import { makeReader, pageSize, type Window } from "./makeReader.ts";
import {
  applyChange,
  closed,
  isInWindow,
  isWhole,
  type RoomState,
  roomStateOf,
  withDeleted,
  withMessage,
} from "./RoomState.ts";
import { firstPeople, type SyncApi } from "./SyncApi.ts";

/**
 * Further behind than this, in revs, a room is loaded anew. Get-changes brings a hundred changes a request, so five
 * requests at most; a room and its window are two, however long we were away. For a room that nobody looks at one
 * request says everything, which is what a single page of changes costs.
 */
const farBehind = { open: 500, closed: 100 };

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
  /** How far I have read, by whatever word: it may come while the room itself is on its way. */
  let marker = 0;
  /** Whether somebody looks at the room, and the newest message they see: what stays in view when it is loaded anew. */
  let isOpen = false, seen = 0;
  let waiting: Change[] = [];
  const read = makeReader({ api, roomId });
  const jobs = makeJobs({ pause, onIdle: drain });

  function set(next: RoomState | null) {
    applied = Math.max(applied, next?.rev ?? room?.rev ?? 0);
    marker = next ? Math.max(marker, next.lastReadSeq) : 0;
    room = next && next.lastReadSeq < marker ? { ...next, lastReadSeq: marker } : next;
    publish(room);
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
  /** Run after what is under way, once: a person waits for it, and can ask again. */
  const attempt = <T>(job: () => Promise<T>) => jobs.run(orGone(job));

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

  /** Take the room as it is, with its messages if somebody looks. */
  const load = async () => room ? undefined : await startOver();
  const startOver = () => isOpen ? reload(room?.messages ? seen : null) : reloadClosed();

  /** Take everything anew, at the older rev of the two answers: the room, its members, and a window around `place`. */
  async function reload(place: number | null) {
    const [{ participants: members, ...fresh }, { rev, ...window }] = await Promise.all([
      api.getRoom(roomId),
      read.window(place),
    ]);
    head = Math.max(fresh.rev, rev);
    const hasMoreMembers = members.length >= firstPeople;
    showWindow({ ...roomStateOf(fresh), members, hasMoreMembers }, { ...window, rev });
  }

  /** Take a room that nobody looks at anew, without messages. */
  async function reloadClosed() {
    const { participants: _, ...fresh } = await api.getRoom(roomId);
    head = fresh.rev;
    set(roomStateOf(fresh));
  }

  /** The room with another window. One that is older than the room's rev is brought up to date by the changes since. */
  function showWindow(of: RoomState, { rev, ...window }: Window) {
    const last = window.messages.at(-1);
    const next = { ...of, ...window, rev: Math.min(of.rev, rev) };
    head = Math.max(head, of.rev);
    set(last ? withMessage(next, last, myId) : next);
  }

  /** Apply what happened since our rev, all pages at once: no hole is ever seen. */
  async function catchUp() {
    if (!room) return;
    const far = isOpen ? farBehind.open : farBehind.closed;
    if (head - room.rev > far) return startOver();
    const news = await read.changes(room.rev, far);
    if (!news) return startOver();
    const { changes, rev } = news;
    const next = changes.reduce<RoomState | null>((state, change) => state && applyChange(state, change, myId), room);
    // Whoever is answered is in the room: that they left is history when they are told of it.
    if (!next || !isWhole(next)) return startOver();
    head = rev; // the server's word, whatever was heard before
    set({ ...next, rev });
  }

  async function grow(side: "older" | "newer") {
    const edge = () => side === "older" ? room?.messages?.[0]?.seq : room?.messages?.at(-1)?.seq;
    const from = edge();
    if (from === undefined || !(side === "older" ? room?.hasOlder : room?.hasNewer)) return;
    const page = await read.page(side, from);
    if (!room?.messages || edge() !== from) return; // closed meanwhile
    const messages = side === "older" ? [...page.messages, ...room.messages] : [...room.messages, ...page.messages];
    const ends = side === "older" ? { hasOlder: page.hasMore } : { hasNewer: page.hasMore };
    showWindow(room, { hasOlder: room.hasOlder, hasNewer: room.hasNewer, ...ends, messages, rev: page.rev });
  }

  /** Get everybody who is in the room. Who came and went between the pages is told by the changes since the first. */
  async function loadMembers() {
    if (!room?.hasMoreMembers) return;
    const { members, rev } = await read.members();
    head = Math.max(head, room.rev);
    set({ ...room, members, hasMoreMembers: false, rev: Math.min(room.rev, rev) });
  }

  /** Move the window to a message, or to the newest. */
  async function turnTo(place: number | null) {
    if (!room?.messages) return reload(place);
    if (place === null ? !room.hasNewer : isInWindow(room, place)) return;
    const window = await read.window(place);
    if (room?.messages) showWindow(room, window);
  }

  return {
    get room() {
      return room;
    },
    get isOpen() {
      return isOpen;
    },
    hear,
    /** The room as a list or an answer gave it, if that is news. Of an open room only the first word counts. */
    adopt(given: Room) {
      if (jobs.isBusy() || (room ? isOpen || given.rev <= room.rev : given.rev < applied)) return;
      set(roomStateOf(given));
    },
    /** A head that the server named. */
    reach(rev: number) {
      if (!room) return void insist(load);
      if (rev > room.rev) head = Math.max(head, rev);
      if (rev !== room.rev && !jobs.isBusy()) void insist(catchUp);
    },
    /** Ask whether there is news, whatever the stream said. */
    check: () => insist(catchUp),
    /** Somebody looks: get the members and the messages around `place`, or the newest. */
    open(place?: number) {
      isOpen = true;
      return insist(async () => room?.messages && place === undefined ? undefined : await turnTo(place ?? null));
    },
    loadMembers: () => attempt(loadMembers),
    /** Get the page before or after the window. */
    grow: (side: "older" | "newer") => attempt(() => grow(side)),
    turnTo: (place: number | null) => attempt(() => turnTo(place)),
    /** What can be seen now reaches to this message. */
    see: (seq: number) => seen = seq,
    /** Nobody looks any more: keep only the newest page. */
    close() {
      isOpen = false;
      seen = 0;
      if (room?.hasNewer) set({ ...room, ...closed });
      else if (room?.messages && room.messages.length > pageSize) {
        set({ ...room, messages: room.messages.slice(-pageSize), hasOlder: true });
      }
    },
    /** A message as the server answered: in its place at once, by the rule as soon as its turn comes. */
    acknowledge(message: Message) {
      if (room) set(withMessage(room, message, myId));
      hear({ type: "message.updated", roomId, rev: message.rev, message });
    },
    /** The server has deleted a message; which rev that took, its change will tell. */
    acknowledgeDeletion(messageId: string, at: string) {
      if (room) set(withDeleted(room, messageId, at));
    },
    /** How far somebody has read; it only moves forward. */
    mark(userId: string, seq: number) {
      if (userId === myId) marker = Math.max(marker, seq);
      if (!room) return;
      const isBehind = room.members?.some((member) => member.userId === userId && member.lastReadSeq < seq);
      if (!isBehind && room.lastReadSeq >= marker) return;
      const members = room.members?.map((member) =>
        member.userId === userId ? { ...member, lastReadSeq: Math.max(member.lastReadSeq, seq) } : member
      );
      set({ ...room, members: members ?? null });
    },
  };
}

export type Replica = ReturnType<typeof makeReplica>;

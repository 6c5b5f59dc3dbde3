import type { Hello, Message, Reaction, Room } from "../../../functions/chat/model.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import { makePause } from "../time/makePause.ts";
import { makeMarkers } from "./makeMarkers.ts";
import { makeReactions } from "./makeReactions.ts";
import { makeReplica, type Replica } from "./makeReplica.ts";
import type { StreamEvent } from "./makeStream.ts";
import type { RoomState } from "./RoomState.ts";
import type { SyncApi } from "./SyncApi.ts";

export interface SyncParts {
  api: SyncApi;
  myId: string;
  clock: Clock;
  /** A room changed; null when it is no longer mine. */
  onRoom(roomId: string, room: RoomState | null): void;
  /** The list of rooms is here for the first time. */
  onListed?(): void;
  /** Somebody's profile changed. */
  onUser?(userId: string): void;
  /** What `reactionsOf` answers changed. */
  onReactions?(): void;
  /** The server refused a reaction of mine. */
  onRefused?(error: unknown): void;
}

/** When more rooms than this have moved while we were away, the list of rooms says it in fewer requests. */
const fewRooms = 3;

/**
 * Keeps this client's copy of my rooms equal to the server's. Nothing here knows of a browser: give it the API, feed it
 * the stream's events (`hear`), and it reports each room's state as it changes.
 */
export function makeSync({ api, myId, clock, onRoom, onListed, onUser, onReactions, onRefused }: SyncParts) {
  const pause = makePause(clock);
  const markers = makeMarkers({ api, clock, pause });
  const replicas = new Map<string, Replica>();
  const reactions = makeReactions({
    api,
    myId,
    pause,
    reactionsTo: ({ roomId, messageId }) =>
      replicas.get(roomId)?.room?.messages?.find(({ id }) => id === messageId)?.reactions,
    check: (roomId) => replica(roomId).check(),
    onChange: () => onReactions?.(),
    onRefused: (error) => onRefused?.(error),
  });
  /** Events that came before the list of rooms did. */
  let early: StreamEvent[] | null = [];

  function replica(roomId: string): Replica {
    let found = replicas.get(roomId);
    if (!found) {
      found = makeReplica({ roomId, myId, api, pause, publish: (room) => onRoom(roomId, room) });
      replicas.set(roomId, found);
    }
    return found;
  }

  async function listRooms(): Promise<Room[]> {
    const all: Room[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<SyncApi["listRooms"]>> = await api.listRooms(cursor ?? undefined);
      all.push(...page.rooms);
      cursor = page.cursor;
    } while (cursor);
    return all;
  }

  /** Fetch the list, however often it takes. */
  async function insistOnRooms(): Promise<Room[]> {
    for (let failures = 0;; failures++) {
      try {
        return await listRooms();
      } catch {
        await pause.for(backoff(failures));
      }
    }
  }

  /** The stream may be open already: its events wait for the list. */
  async function start() {
    for (const room of await insistOnRooms()) replica(room.id).adopt(room);
    const waited = early ?? [];
    early = null;
    onListed?.();
    for (const event of waited) hear(event);
  }

  /** Bring rooms that nobody looks at up to where the server says they are. */
  async function renew(moved: Hello["rooms"]) {
    if (moved.length > fewRooms) { for (const room of await insistOnRooms()) replica(room.id).adopt(room); }
    for (const { id, rev } of moved) replica(id).reach(rev);
  }

  function greet({ rooms }: Hello) {
    pause.wake(); // the server is back: whatever waits to try again need not wait
    const moved: Hello["rooms"] = [];
    for (const head of rooms) {
      const mine = replica(head.id);
      mine.mark(myId, head.lastReadSeq);
      if (mine.isOpen) mine.reach(head.rev);
      else if (mine.room?.rev !== head.rev) moved.push(head);
      if (mine.room && mine.room.lastReadSeq > head.lastReadSeq) markers.advance(head.id, mine.room.lastReadSeq);
    }
    void renew(moved);
    const named = new Set(rooms.map(({ id }) => id));
    for (const [id, { room, check }] of replicas) if (room && !named.has(id)) void check();
  }

  function hear(event: StreamEvent): void {
    if (early) {
      early.push(event);
      return;
    }
    switch (event.type) {
      case "hello":
        return greet(event);
      case "heartbeat":
        for (const [id, rev] of Object.entries(event.heads)) {
          if (rev === null) void replica(id).check();
          else replica(id).reach(rev);
        }
        for (const [id, seq] of Object.entries(event.reads)) replicas.get(id)?.mark(myId, seq);
        return;
      case "read.advanced":
        return replicas.get(event.roomId)?.mark(event.userId, event.lastReadSeq);
      case "user.updated":
        return onUser?.(event.userId);
      default:
        if ("rev" in event) replica(event.roomId).hear(event); // what takes no rev and is not known here can wait
    }
  }

  return {
    start,
    hear,
    /** Stop trying; what is under way ends unheard. */
    stop: () => pause.close(),
    /** A room that an answer brought, such as one just made. */
    adopt: (room: Room) => replica(room.id).adopt(room),
    /**
     * Get a room's members and newest messages, or those around `place`; resolves when they are here or the room turns
     * out not to be mine.
     */
    open: (roomId: string, place?: number) => replica(roomId).open(place),
    /** Get everybody who is in an open room, if it is more than it came with. */
    loadMembers: (roomId: string) => replica(roomId).loadMembers(),
    /** Get the page before or after the window of a room. */
    grow: (roomId: string, side: "older" | "newer") => replica(roomId).grow(side),
    /** Show an open room around a place, or its newest messages. */
    turnTo: (roomId: string, place: number | null) => replica(roomId).turnTo(place),
    /** Nobody looks at the room any more. */
    close: (roomId: string) => replicas.get(roomId)?.close(),
    /** I changed something in the room: do not wait for the stream to say so. */
    check: (roomId: string) => replica(roomId).check(),
    /** A message of mine, new or edited, as the server answered. */
    acknowledge: (message: Message) => replica(message.roomId).acknowledge(message),
    /** The server has deleted a message for me. */
    acknowledgeDeletion: (roomId: string, messageId: string) =>
      replicas.get(roomId)?.acknowledgeDeletion(messageId, new Date(clock.now()).toISOString()),
    /** Give or take back a reaction of mine: it shows at once and is told until the server has it. */
    react: (message: Message, emoji: string) => reactions.toggle(message, emoji),
    /** Who reacted to a message how, with what I wish already done. */
    reactionsOf: (message: Message): readonly Reaction[] => reactions.of(message),
    /** I have seen the room up to this message. */
    read(roomId: string, seq: number) {
      const mine = replicas.get(roomId);
      mine?.see(seq);
      if (!mine?.room || seq <= mine.room.lastReadSeq) return;
      mine.mark(myId, seq);
      markers.advance(roomId, seq);
    },
  };
}

import type { Hello, Message, Room } from "../../../functions/chat/schema.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import { makePause } from "../time/makePause.ts";
import { makeMarkers } from "./makeMarkers.ts";
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
}

/**
 * Keeps this client's copy of my rooms equal to the server's. Nothing here knows of a browser: give it the API, feed it
 * the stream's events (`hear`), and it reports each room's state as it changes.
 */
export function makeSync({ api, myId, clock, onRoom, onListed, onUser }: SyncParts) {
  const pause = makePause(clock);
  const markers = makeMarkers({ api, clock, pause });
  const replicas = new Map<string, Replica>();
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

  /** Fetch the list, however often it takes; the stream may be open already, its events wait. */
  async function start() {
    for (let failures = 0; early; failures++) {
      try {
        for (const room of await listRooms()) replica(room.id).adopt(room);
        const waited = early;
        early = null;
        onListed?.();
        for (const event of waited) hear(event);
      } catch {
        await pause.for(backoff(failures));
      }
    }
  }

  function greet({ rooms }: Hello) {
    pause.wake(); // the server is back: whatever waits to try again need not wait
    for (const { id, rev, lastReadSeq } of rooms) {
      const mine = replica(id);
      mine.mark(myId, lastReadSeq);
      mine.reach(rev);
      if (mine.room && mine.room.lastReadSeq > lastReadSeq) markers.advance(id, mine.room.lastReadSeq);
    }
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
    /** Get a room's members and newest messages; resolves when they are here or the room turns out not to be mine. */
    open: (roomId: string) => replica(roomId).open(),
    loadOlder: (roomId: string) => replica(roomId).loadOlder(),
    /** Nobody looks at the room any more. */
    close: (roomId: string) => replicas.get(roomId)?.fold(),
    /** I changed something in the room: do not wait for the stream to say so. */
    check: (roomId: string) => replica(roomId).check(),
    acknowledge: (message: Message) => replica(message.roomId).acknowledge(message),
    /** I have seen the room up to this message. */
    read(roomId: string, seq: number) {
      const mine = replicas.get(roomId);
      if (!mine?.room || seq <= mine.room.lastReadSeq) return;
      mine.mark(myId, seq);
      markers.advance(roomId, seq);
    },
  };
}

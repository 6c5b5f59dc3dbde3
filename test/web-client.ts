import { gateway } from "../scripts/start/gateway.ts";
import { makeApi } from "../web/src/api/makeApi.ts";
import { RequestFailed } from "../web/src/api/RequestFailed.ts";
import { makeStream } from "../web/src/sync/makeStream.ts";
import { makeSync } from "../web/src/sync/makeSync.ts";
import type { RoomState } from "../web/src/sync/RoomState.ts";
import { systemClock } from "../web/src/time/Clock.ts";
import { chat, type Person } from "./world.ts";

/** The web client without its pages, against the real functions in this process. */

const origin = "http://localhost:8080";
const house = gateway({ publicUrl: origin, identityUrl: undefined, web: { fetch: () => new Response(null) } });

/** One device of somebody: the client's own API, sync and stream. Its stream can be taken away and given back. */
export function aDevice(as: Person) {
  const rooms = new Map<string, RoomState>();
  const asked: string[] = [];
  let wait: { until: () => boolean; done: () => void } | undefined;

  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input), origin);
    const headers = new Headers(init?.headers);
    headers.set("authorization", `Bearer ${as.token}`);
    const res = await house(new Request(url, { ...init, headers }), "127.0.0.1");
    asked.push(`${init?.method ?? "GET"} ${url.pathname}`);
    if (!res.ok) throw await RequestFailed.of(res);
    return res;
  };
  const api = makeApi({ fetch: fetch as typeof globalThis.fetch, baseUrl: origin });
  const sync = makeSync({
    api,
    myId: as.id,
    clock: systemClock,
    onRoom(id, room) {
      if (room) rooms.set(id, room);
      else rooms.delete(id);
      if (wait?.until()) wait.done();
    },
  });
  const newStream = () => makeStream({ open: api.events, clock: systemClock, hear: sync.hear, onLive: () => {} });
  let stream = newStream();

  /** Wait until the device's copy is as said. */
  const when = (until: () => boolean) =>
    new Promise<void>((done) => {
      wait = { until, done };
      if (until()) done();
    });

  return {
    sync,
    api,
    rooms,
    /** Every request that was answered so far, as method and path. */
    asked,
    when,
    async arrive() {
      stream.start();
      await sync.start();
    },
    goAway: () => stream.stop(),
    comeBack() {
      stream = newStream();
      stream.start();
    },
    /** Wait until the device stands where the database does, or has dropped a room that is no longer its person's. */
    async catchUp(roomId: string) {
      const [room] = await chat()<[{ rev: number; lastReadSeq: number }?]>`
        select rooms.rev, mine.last_read_seq
          from rooms join room_participants as mine on mine.room_id = rooms.id and mine.user_id = ${as.id}
         where rooms.id = ${roomId}
      `;
      await when(() => {
        const copy = rooms.get(roomId);
        return room ? copy?.rev === room.rev && copy.lastReadSeq === room.lastReadSeq : !copy;
      });
    },
    leave() {
      stream.stop();
      sync.stop();
    },
  };
}

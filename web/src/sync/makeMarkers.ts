import { isTransient } from "../api/RequestFailed.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import type { Pause } from "../time/makePause.ts";
import type { SyncApi } from "./SyncApi.ts";

/** Reading comes in bursts, while scrolling: one request says it all. */
const coalesceMs = 300;

/** Tells the server how far I have read: only the newest place of each room, until the server has it. */
export function makeMarkers({ api, clock, pause }: { api: Pick<SyncApi, "markRead">; clock: Clock; pause: Pause }) {
  const wanted = new Map<string, number>();
  const busy = new Set<string>();

  async function send(roomId: string) {
    for (let failures = 0; wanted.has(roomId);) {
      const seq = wanted.get(roomId)!;
      try {
        await api.markRead(roomId, seq);
      } catch (error) {
        if (isTransient(error)) {
          await pause.for(backoff(failures++));
          continue;
        }
      }
      if (wanted.get(roomId) === seq) wanted.delete(roomId); // told, or refused because the room is gone
    }
    busy.delete(roomId);
  }

  return {
    advance(roomId: string, seq: number) {
      if (seq <= (wanted.get(roomId) ?? 0)) return;
      wanted.set(roomId, seq);
      if (busy.has(roomId)) return;
      busy.add(roomId);
      clock.after(coalesceMs, () => void send(roomId));
    },
  };
}

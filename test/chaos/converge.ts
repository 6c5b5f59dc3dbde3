import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";
import type { Violation } from "./check/record.ts";
import type { Device } from "./clients/device.ts";
import { behind, headsOf } from "./truth.ts";

/** How long clients have to catch up, in milliseconds: a dead stream takes them 40 s to notice, a deaf one 15 s. */
const catchUpMs = 60_000;

/** How long everything must stand still, in milliseconds: what a paused process still had to do is then done. */
const stillMs = 2_000;

/** Wait until every client shows what the database holds, and nothing moves any more. Those that do not get there. */
export async function converge(sql: Sql, devices: readonly Device[], withinMs = catchUpMs): Promise<Violation[]> {
  let stillSince = performance.now(), lastSeen = "";
  for (const until = performance.now() + withinMs;; await sleep(250)) {
    const heads = await headsOf(sql);
    const late = devices.flatMap(({ name, person, sights, isIdle }): Violation[] => {
      const rooms = behind(heads, person.id, sights());
      const found = rooms.map((roomId) => ({ roomId, what: `still behind after ${withinMs / 1_000} s` }));
      const busy = isIdle() ? [] : [{ roomId: "-", what: `still waits for an answer after ${withinMs / 1_000} s` }];
      return [...found, ...busy].map((one) => ({ kind: "unconverged", client: name, ...one }));
    });
    const seen = JSON.stringify(heads.map(({ roomId, rev, userId, unread }) => [roomId, userId, rev, unread]).sort());
    if (late.length > 0 || seen !== lastSeen) stillSince = performance.now();
    lastSeen = seen;
    if (performance.now() - stillSince >= stillMs) return [];
    if (performance.now() > until && late.length > 0) return late;
  }
}

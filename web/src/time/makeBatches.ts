import { backoff } from "./backoff.ts";
import type { Pause } from "./makePause.ts";

/** Ids in one request, as the server allows. */
const batchSize = 100;

/** How long ids are collected before they are asked for, in milliseconds. */
const collectMs = 10;

/** Asks for what is wanted by id: many in one request, each until it is answered. What shows it can wait. */
export function makeBatches(pause: Pause, ask: (ids: readonly string[]) => Promise<void>) {
  const wanted = new Set<string>();
  let isAsking = false;

  async function askAll() {
    isAsking = true;
    for (let failures = 0; wanted.size > 0;) {
      await pause.for(failures ? backoff(failures) : collectMs);
      const ids = [...wanted].slice(0, batchSize);
      try {
        await ask(ids);
        for (const id of ids) wanted.delete(id);
        failures = 0;
      } catch {
        failures++;
      }
    }
    isAsking = false;
  }

  return {
    want(id: string) {
      wanted.add(id);
      if (!isAsking) void askAll();
    },
  };
}

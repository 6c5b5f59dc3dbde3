import type { Clock } from "./Clock.ts";

/** A wait that can be cut short: `wake` ends every pause under way. */
export function makePause(clock: Clock) {
  const sleepers = new Map<() => void, () => void>();
  let isClosed = false;

  return {
    for(ms: number): Promise<void> {
      return new Promise((resolve) => {
        const end = () => {
          cancel();
          sleepers.delete(end);
          resolve();
        };
        if (isClosed) return;
        const cancel = clock.after(ms, end);
        sleepers.set(end, cancel);
      });
    },
    wake() {
      for (const end of [...sleepers.keys()]) end();
    },
    /** End everything that waits here, for good: those pauses never return. */
    close() {
      for (const cancel of sleepers.values()) cancel();
      sleepers.clear();
      isClosed = true;
    },
  };
}

export type Pause = ReturnType<typeof makePause>;

import { setTimeout as sleep } from "node:timers/promises";

/** A process that runs now. */
export interface Running {
  /** To it, and to what it has started. */
  signal(name: NodeJS.Signals): void | Promise<void>;
  exited: Promise<unknown>;
  /** Ask it to end, and wait until it has. */
  stop(): Promise<unknown>;
}

/** How long a part may take to come back, in milliseconds: Postgres replays its log. */
const comeBackMs = 20_000;

/**
 * One part of the house as the nemesis sees it: it can be killed, paused and stopped, and comes back where it was, on
 * the same port. Whoever does something to it does so alone: `alone` runs one thing after another.
 */
export function makePart(name: string, launch: () => Promise<Running>) {
  let running: Running | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function start() {
    for (const until = Date.now() + comeBackMs;;) {
      try {
        running = await launch();
        return;
      } catch (error) {
        if (Date.now() > until) throw new Error(`Cannot start ${name} again`, { cause: error });
        await sleep(200); // what the killed one held is not free yet
      }
    }
  }

  return {
    name,
    start,
    alone<T>(run: () => Promise<T>): Promise<T> {
      const mine = turn.then(run);
      turn = mine.catch(() => {});
      return mine;
    },
    async kill() {
      await running?.signal("SIGKILL");
      await running?.exited;
      running = undefined;
    },
    signal: async (signal: NodeJS.Signals) => await running?.signal(signal),
    async stop() {
      await running?.signal("SIGCONT"); // one that is paused cannot hear
      await running?.stop();
      running = undefined;
    },
  };
}

export type Part = ReturnType<typeof makePart>;

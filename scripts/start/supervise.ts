import { Fault } from "./fault.ts";

/** A server that fell so often within a minute does not come back by itself. */
const maxFalls = 3;
const withinMs = 60_000;

interface Server {
  exited: Promise<string>;
  stop: () => Promise<void>;
}

export interface Supervised<S> {
  /** As it was first started; a later one has the same address. */
  server: S;
  stop: () => Promise<void>;
}

/**
 * Keep a server running on its port: when it ends unasked it is started again. Three falls in a minute, or a start that
 * fails, are `lost`: one sentence for the person who started us.
 */
export async function supervise<S extends Server>(
  name: string,
  start: () => Promise<S>,
  { fell, lost }: { fell: (sentence: string) => void; lost: (fault: Fault) => void },
): Promise<Supervised<S>> {
  const falls: number[] = [];
  let isStopping = false;
  let current: Promise<S> = start();
  const first = await current;

  const watch = (server: S): void => void server.exited.then(again);

  function again(): void {
    if (isStopping) return;
    const now = Date.now();
    falls.push(now);
    if (falls.filter((at) => at > now - withinMs).length > maxFalls) {
      return lost(new Fault(`Cannot go on: ${name} ended ${falls.length} times within a minute`));
    }
    fell(`${name} ended unasked and is started again`);
    current = start();
    current.then(watch, (error) => isStopping || lost(error));
  }

  watch(first);
  return {
    server: first,
    stop: async () => {
      isStopping = true;
      await (await current.catch(() => undefined))?.stop();
    },
  };
}

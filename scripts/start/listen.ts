import type { Hono } from "hono";
import { setTimeout as sleep } from "node:timers/promises";

type Handler = (request: Request, address: string) => Response | Promise<Response>;

export interface Listener {
  url: string;
  /** Take nothing new, let what is under way finish for `graceMs`, then cut it. */
  stop: (graceMs: number) => Promise<void>;
}

/** Serve on a port of 127.0.0.1, 0 for a free one. The handler is told who asks. Deno only. */
export function listen(port: number, handler: Handler): Listener {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    onListen: () => {},
    onError: () => new Response("Something went wrong on our side", { status: 500 }),
  }, (request, { remoteAddr }) => handler(request, remoteAddr.hostname));
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    stop: async (graceMs) => {
      await Promise.race([server.shutdown(), sleep(graceMs)]); // what is left then is cut when the process ends
    },
  };
}

/** Serve a Hono app on a free port. */
export const serve = (app: Hono): Listener => listen(0, (request) => app.fetch(request));

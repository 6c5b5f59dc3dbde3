import { describe } from "../../../functions/lib/fn.ts";
import { type FunctionName, functions } from "../../../functions/registry.ts";
import type { Random } from "../random.ts";
import { makePassages, type Passages } from "./passages.ts";

/** One running copy of a function. */
export interface Replica {
  name: FunctionName;
  url: string;
}

/** Set on answers to requests that no function has seen. */
export const notSentHeader = "x-not-sent";

/** What may go wrong at the edge; shares from 0 to 1. */
export interface EdgeMischief {
  /** Answers that are thrown away: the request was carried out, and nobody hears of it. */
  answersLost: number;
  /** Messages that are sent twice at once, as by a proxy that tries again. */
  sendsRepeated: number;
}

export interface Router {
  /** Ask the house, by path. Rejects with `TypeError` when the connection is lost. */
  fetch: typeof fetch;
  mischief: EdgeMischief;
  /** The event streams that are open. */
  streams: Passages;
}

const pattern = (path: string) => new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`);
const isRefused = (error: unknown) =>
  /ECONNREFUSED|onnection refused/.test(`${error} ${(error as { cause?: { code?: unknown } }).cause?.code}`);
const unavailable = (status: number, headers = {}) => new Response(null, { status, headers });

/**
 * What stands for Traefik and Knative: method and path name a function, whose copies take turns. One that refuses the
 * connection has not seen the request, and the next one is asked; 503 when there is none.
 */
export function makeRouter(replicas: readonly Replica[], random: Random): Router {
  const mischief: EdgeMischief = { answersLost: 0, sendsRepeated: 0 };
  const streams = makePassages();
  const routes = [...new Set(replicas.map(({ name }) => name))].map((name) => {
    const { method, path } = describe(functions[name]);
    const urls = replicas.filter((replica) => replica.name === name).map(({ url }) => url);
    return { name, method, pattern: pattern(path), urls, next: 0 };
  });

  async function anyOf(route: typeof routes[number], path: string, init: RequestInit): Promise<Response> {
    for (const _ of route.urls) {
      const url = route.urls[route.next++ % route.urls.length]!;
      try {
        return await fetch(url + path, init);
      } catch (error) {
        if (isRefused(error)) continue;
        throw error;
      }
    }
    return unavailable(503, { [notSentHeader]: "1" });
  }

  async function ask(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const { pathname, search } = new URL(`${input}`, "http://house");
    const method = init.method ?? "GET";
    const route = routes.find((route) => route.method === method && route.pattern.test(pathname));
    if (!route) throw new Error(`Cannot route ${method} ${pathname}: no function of the house has it`);

    const isRepeated = route.name === "chat/send-message" && random.chance(mischief.sendsRepeated);
    if (isRepeated) void anyOf(route, pathname + search, init).then(({ body }) => body?.cancel()).catch(() => {});
    const answer = await anyOf(route, pathname + search, init);
    if (route.name === "chat/stream-events") {
      return answer.ok && answer.body ? new Response(streams.pass(answer.body), answer) : answer;
    }
    if (method === "GET" || !random.chance(mischief.answersLost)) return answer;
    await answer.body?.cancel();
    throw new TypeError("The connection was lost");
  }

  return { fetch: ask as typeof fetch, mischief, streams };
}

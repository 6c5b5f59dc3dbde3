import { Ratelimit } from "@upstash/ratelimit";
import type { MiddlewareHandler } from "hono";
import type { Me } from "./identity.ts";
import { track } from "./lifecycle.ts";
import { clientOf, needed } from "./needs.ts";
import { problem } from "./problem.ts";
import { redis } from "./redis.ts";

/**
 * How often one person may do what: [requests, per seconds], sliding window. Far above what people do and low enough
 * that one runaway script cannot take the house down.
 */
export const limits = {
  send: [3000, 60],
  write: [600, 60],
  search: [300, 60],
} as const satisfies Record<string, readonly [number, number]>;

const limiters = new Map<string, Ratelimit>();

/** The rate limiter speaks to the gateway by our own thin client: it needs these two commands and nothing else. */
function limiterOf(kind: keyof typeof limits): Ratelimit {
  let limiter = limiters.get(kind);
  if (limiter) return limiter;
  const { command } = clientOf(redis);
  const run = (name: string) => (script: string, keys: string[], args: unknown[]) =>
    command(name, script, keys.length, ...keys, ...args.map(String));
  const [requests, seconds] = limits[kind];
  limiter = new Ratelimit({
    redis: { evalsha: run("EVALSHA"), eval: run("EVAL") } as never,
    limiter: Ratelimit.slidingWindow(requests, `${seconds} s`),
    prefix: `limit:${kind}`,
    ephemeralCache: false,
    timeout: 0,
  });
  limiters.set(kind, limiter);
  return limiter;
}

/** People who are over a limit, and until when (milliseconds since 1970). */
const blocked = new Map<string, number>();

/**
 * Refuse a signed-in caller who does this too often. Throws `too-many-requests` with `Retry-After` in seconds.
 *
 * The count in Redis is made beside the request, not before it: nobody waits for Redis, and who is over the limit is
 * refused from the next request on, until the window moves. Without Redis, limits open and chat goes on.
 */
export const limited = (kind: keyof typeof limits): MiddlewareHandler<{ Variables: { me: Me } }> =>
  Object.assign(
    (async (c, next) => {
      const key = `${kind}:${c.var.me.id}`;
      const until = blocked.get(key) ?? 0;
      if (until > Date.now()) {
        const seconds = Math.ceil((until - Date.now()) / 1000);
        throw problem("too-many-requests", { headers: { "retry-after": String(seconds) } });
      }
      blocked.delete(key);

      const counted = limiterOf(kind).limit(c.var.me.id).then(({ success, reset }) => {
        if (!success) blocked.set(key, reset);
      });
      track(counted).catch(() => {}); // Redis is silent, and its client has said so in the log

      await next();
    }) satisfies MiddlewareHandler<{ Variables: { me: Me } }>,
    { [needed]: [redis] },
  );

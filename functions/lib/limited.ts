import { Ratelimit } from "@upstash/ratelimit";
import type { MiddlewareHandler } from "hono";
import type { Me } from "./identity.ts";
import { track } from "./lifecycle.ts";
import { clientOf } from "./needs.ts";
import { problem } from "./problem.ts";
import { redis } from "./redis.ts";
import { step } from "./step.ts";

/**
 * How often one person may do what: [requests, per seconds], sliding window. Far above what people do and low enough
 * that one runaway script cannot take the house down.
 */
export const limits = {
  send: [3000, 60],
  write: [600, 60],
  search: [300, 60],
  export: [10, 3600],
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

/** What one person did of one kind: not yet counted in Redis, when that was last asked, and until when they must wait. */
interface Tally {
  uncounted: number;
  askedAt: number;
  blockedUntil: number;
}

/** One script in Redis per person and this many milliseconds, however often they ask. */
const countEveryMs = 250;

/** The most people remembered; who asked longest ago is forgotten first, with a quarter of a second of requests. */
const maxTallies = 10_000;

const tallies = new Map<string, Tally>();

function tallyOf(key: string): Tally {
  const tally = tallies.get(key) ?? { uncounted: 0, askedAt: 0, blockedUntil: 0 };
  tallies.delete(key);
  if (tallies.size >= maxTallies) tallies.delete(tallies.keys().next().value!);
  tallies.set(key, tally);
  return tally;
}

/**
 * Refuse a signed-in caller who does this too often. Throws `too-many-requests` with `Retry-After` in seconds.
 *
 * The count in Redis is made beside the request, not before it, and what comes quickly is counted together: nobody
 * waits for Redis, and who is over the limit is refused a quarter of a second later, until the window moves. Without
 * Redis, limits open and chat goes on.
 */
export const limited = (kind: keyof typeof limits): MiddlewareHandler<{ Variables: { me: Me } }> =>
  step({ needs: [redis], limit: limits[kind], problems: () => ["too-many-requests"] }, async (c, next) => {
    const { id } = c.var.me;
    const tally = tallyOf(`${kind}:${id}`);
    const now = Date.now();
    if (tally.blockedUntil > now) {
      const seconds = Math.ceil((tally.blockedUntil - now) / 1000);
      throw problem("too-many-requests", { headers: { "retry-after": String(seconds) } });
    }

    tally.uncounted++;
    if (now - tally.askedAt >= countEveryMs) {
      const counted = limiterOf(kind).limit(id, { rate: tally.uncounted }).then(({ success, reset }) => {
        if (!success) tally.blockedUntil = reset;
      });
      track(counted).catch(() => {}); // Redis is silent, and its client has said so in the log
      tally.uncounted = 0;
      tally.askedAt = now;
    }

    await next();
  });

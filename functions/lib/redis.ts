import type { Need } from "./needs.ts";
import { setting } from "./settings.ts";

/** A Redis command: name and arguments, as the Upstash REST protocol takes them. */
export type Command = (string | number)[];

/** What the gateway answers for one command. */
type Reply = { result: unknown } | { error: string };

/** The Redis REST gateway could not be reached, or refused: rate limits open, publishing gives up, sessions wait. */
export class RedisError extends Error {
  override name = "RedisError";
  /** Of the family that `fn` answers with 503. */
  readonly code = "CONNECT_REDIS";
}

/** The gateway that forgets to answer must not hold a request: Redis answers in a millisecond or is down. */
const timeoutMs = 2_000;

/**
 * Redis over the Upstash REST protocol, by plain fetch: the SDK costs 0.1 to 0.5 of a bare cold start
 * (shared/performance-facts §1) for what are three requests.
 */
export function redisClient(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

  async function post(path: string, body: unknown): Promise<unknown> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const res = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body), signal });
      return await res.json();
    } catch (cause) {
      throw new RedisError(`Cannot reach the Redis gateway: ${(cause as Error).message}`, { cause });
    }
  }

  const value = (reply: Reply) => {
    if ("error" in reply) throw new RedisError(`Redis refused: ${reply.error}`);
    return reply.result;
  };

  return {
    /** Run one command. Throws `RedisError`. */
    command: async (...command: Command): Promise<unknown> => value((await post("/", command)) as Reply),

    /** Run commands in one request; the first refusal throws `RedisError`. */
    pipeline: async (commands: Command[]): Promise<unknown[]> => {
      const replies = await post("/pipeline", commands);
      if (!Array.isArray(replies)) return [value(replies as Reply)];
      return (replies as Reply[]).map(value);
    },

    /** Open a channel as server-sent events; the body ends when the gateway or Redis goes away, sometimes silently. */
    subscribe: (channel: string, signal: AbortSignal): Promise<Response> =>
      fetch(`${url}/subscribe/${encodeURIComponent(channel)}`, {
        headers: { ...headers, accept: "text/event-stream" },
        signal,
      }),
  };
}

export type Redis = ReturnType<typeof redisClient>;

/** Redis through its REST gateway: publishing, rate limits and sessions. */
export const redis: Need<"redis", Redis> = {
  name: "redis-rest",
  key: "redis",
  settings: ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"],
  pool: 0,
  open: () => redisClient(setting("UPSTASH_REDIS_REST_URL"), setting("UPSTASH_REDIS_REST_TOKEN")),
};

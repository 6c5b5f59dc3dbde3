import { errorFields, log } from "./log.ts";
import type { Need } from "./needs.ts";
import { setting } from "./settings.ts";

/** A Redis command: name and arguments, as the Upstash REST protocol takes them. */
export type Command = (string | number)[];

/** What the gateway answers for one command. */
type Reply = { result: unknown } | { error: string };

interface Waiting {
  command: Command;
  resolve: (result: unknown) => void;
  reject: (error: RedisError) => void;
}

/** The Redis REST gateway could not be reached, or refused: rate limits open, publishing gives up, sessions wait. */
export class RedisError extends Error {
  override name = "RedisError";
  /** Of the family that `fn` answers with 503. */
  readonly code = "CONNECT_REDIS";
}

/** A gateway that forgets to answer must not hold a request: Redis answers in a millisecond or is down. */
const timeoutMs = 2_000;

/** The most commands of one request: some 100 KiB of events. */
const maxBatch = 500;

/**
 * Redis over the Upstash REST protocol, by plain fetch: the SDK costs half a bare cold start for what is one request.
 * Commands that are given while a request is under way go out together as the next one, in order; so under load a
 * hundred publishes cost one request, and a lone one waits for nothing.
 */
export function redisClient(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const queue: Waiting[] = [];
  let isSending = false;

  async function post(commands: Command[]): Promise<Reply[]> {
    const signal = AbortSignal.timeout(timeoutMs);
    const body = JSON.stringify(commands);
    const res = await fetch(`${url}/pipeline`, { method: "POST", headers, body, signal });
    const replies = await res.json() as Reply[] | { error: string };
    if (!Array.isArray(replies)) throw new Error(replies.error);
    return replies;
  }

  async function send(): Promise<void> {
    isSending = true;
    await Promise.resolve(); // what this turn of the event loop still asks goes along
    while (queue.length > 0) {
      const batch = queue.splice(0, maxBatch);
      try {
        const replies = await post(batch.map(({ command }) => command));
        for (const [i, { resolve, reject }] of batch.entries()) {
          const reply = replies[i]!;
          if ("error" in reply) reject(new RedisError(`Redis refused: ${reply.error}`));
          else resolve(reply.result);
        }
      } catch (cause) {
        log("warn", "the Redis gateway is silent", { commands: batch.length, ...errorFields(cause) });
        const error = new RedisError(`Cannot reach the Redis gateway: ${(cause as Error).message}`, { cause });
        for (const { reject } of batch) reject(error);
      }
    }
    isSending = false;
  }

  return {
    /** Run one command. Throws `RedisError`. */
    command: (...command: Command): Promise<unknown> =>
      new Promise((resolve, reject) => {
        queue.push({ command, resolve, reject });
        if (!isSending) void send();
      }),

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

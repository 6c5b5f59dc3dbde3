import { track } from "./lifecycle.ts";
import { errorFields, log } from "./log.ts";
import type { Redis } from "./redis.ts";

/** The one channel that all streams listen on. */
export const channel = "parley:events";

/** Who is to hear of an event: everyone in these rooms, all devices of these people, or everybody who listens. */
export interface Audience {
  rooms?: string[];
  users?: string[];
  everybody?: true;
}

/** What travels on the channel. */
export interface Published<Event = unknown> {
  to: Audience;
  event: Event;
}

const waiting = new Map<Redis, string[]>();

/**
 * Tell listeners that something was committed. A hint, never the truth: it is not awaited, and when Redis is silent the
 * next heartbeat repairs it. What is published while a request to the gateway is under way goes out together, in order,
 * in one pipeline.
 */
export function publish<Event>(redis: Redis, to: Audience, event: Event): void {
  const line = JSON.stringify({ to, event } satisfies Published<Event>);
  const queue = waiting.get(redis);
  if (queue) {
    queue.push(line);
    return;
  }
  const lines = [line];
  waiting.set(redis, lines);
  void track(flush(redis, lines));
}

async function flush(redis: Redis, queue: string[]): Promise<void> {
  await Promise.resolve(); // what this turn of the event loop still publishes goes along
  while (queue.length > 0) {
    const batch = queue.splice(0, 500);
    try {
      await redis.pipeline(batch.map((line) => ["PUBLISH", channel, line]));
    } catch (error) {
      log("warn", "events not published: streams repair at their next heartbeat", {
        events: batch.length,
        ...errorFields(error),
      });
    }
  }
  waiting.delete(redis);
}

import { track } from "./lifecycle.ts";
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

/**
 * Tell listeners that something was committed. A hint, never the truth: nobody waits for it, and when Redis is silent
 * (its client says so in the log) the next heartbeat repairs it.
 */
export function publish<Event>(redis: Redis, to: Audience, event: Event): void {
  const line = JSON.stringify({ to, event } satisfies Published<Event>);
  track(redis.command("PUBLISH", channel, line)).catch(() => {});
}

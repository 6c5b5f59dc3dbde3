import type { Sql } from "postgres";
import { channel, type Published } from "../lib/events.ts";
import { errorFields, log } from "../lib/log.ts";
import { stopping } from "../lib/lifecycle.ts";
import type { Redis } from "../lib/redis.ts";
import { coalesce } from "./coalesce.ts";
import { type Head, headsOf } from "./heads.ts";
import { inOrder } from "./in-order.ts";
import { type Listener, makeListener } from "./listener.ts";
import type { ChatEvent } from "./model.ts";
import { makeSubscription, type Subscription } from "./subscription.ts";

/** Seconds between heartbeats: a client whose stream has gone deaf is at most this far behind. */
const heartbeatSeconds = 15;

/** The most streams one person has open in one process; the oldest ends for the newest. */
const maxStreamsEach = 50;

/**
 * All streams of one process: one upstream subscription, fanned out to listeners by membership. It runs while somebody
 * listens and holds nothing when nobody does. The database is the truth: events are hints, heads come from Postgres.
 */
function makeHub(sql: Sql, redis: Redis) {
  const listeners = new Set<Listener>();
  const readers = coalesce<ChatEvent>((event) => route(event.to, event.event, event.except));
  const changes = inOrder();
  let subscription: Subscription | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;

  function start() {
    subscription = makeSubscription(redis, channel, receive, () => void greetEverybody());
    heartbeat = setInterval(() => void beat(), heartbeatSeconds * 1000);
  }

  function stop() {
    subscription?.close();
    clearInterval(heartbeat);
    readers.clear();
    changes.clear();
    subscription = heartbeat = undefined;
  }

  /** Open a stream for somebody, until `endsAt` (milliseconds since 1970). First subscribed, then told where rooms stand. */
  async function listen(userId: string, endsAt: number): Promise<ReadableStream<Uint8Array>> {
    const listener = makeListener(userId, endsAt, () => {
      listeners.delete(listener);
      if (listeners.size === 0) stop();
    });
    listeners.add(listener);
    const mine = [...listeners].filter((other) => other.userId === userId);
    if (mine.length > maxStreamsEach) mine[0]!.end();
    if (stopping.aborted) { // it says when to come back, and somebody else will answer
      listener.end();
      return listener.body;
    }
    if (!subscription) start();
    try {
      await subscription!.opened;
      const heads = (await headsOf(sql, [userId])).get(userId) ?? [];
      for (const { id, rev } of heads) changes.begin(id, rev);
      listener.greet(heads);
    } catch (error) {
      listener.end();
      throw error;
    }
    return listener.body;
  }

  /** A message from the channel. Who reads is told at once to the reader's own devices, gathered to the others. */
  function receive(line: string) {
    const { to, event } = JSON.parse(line) as Published<ChatEvent>;
    if ("rev" in event) return changes.put(event.roomId, event.rev, () => route(to, event));
    if (event.type !== "read.advanced") return route(to, event);
    route({ users: [event.userId] }, event);
    if (to.rooms) {
      readers.add(`${event.roomId}:${event.userId}`, { to: { rooms: to.rooms }, event, except: event.userId });
    }
  }

  function route(to: Published["to"], event: ChatEvent, except?: string) {
    const json = JSON.stringify(event);
    for (const listener of listeners) {
      if (listener.userId !== except) listener.tell(to, event, json);
    }
  }

  async function beat() {
    for (const listener of listeners) if (listener.endsAt <= Date.now()) listener.end();
    for (const listener of listeners) listener.expectBeat();
    await withHeads((listener, heads) => listener.beat(heads));
  }

  async function greetEverybody() {
    for (const listener of listeners) listener.hold();
    await withHeads((listener, heads) => listener.greet(heads));
  }

  async function withHeads(say: (listener: Listener, heads: Head[]) => void) {
    const present = [...listeners];
    if (present.length === 0) return;
    try {
      const heads = await headsOf(sql, [...new Set(present.map(({ userId }) => userId))]);
      for (const listener of present) say(listener, heads.get(listener.userId) ?? []);
    } catch (error) {
      log("warn", "heads could not be read: these streams end, and their clients come back", errorFields(error));
      for (const listener of present) listener.end();
    }
  }

  stopping.addEventListener("abort", () => {
    for (const listener of listeners) listener.end();
  });

  return { listen };
}

const hubs = new WeakMap<Redis, ReturnType<typeof makeHub>>();

/** The hub of this process. */
export function hubOf(sql: Sql, redis: Redis): ReturnType<typeof makeHub> {
  let hub = hubs.get(redis);
  if (!hub) hubs.set(redis, hub = makeHub(sql, redis));
  return hub;
}

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Redis } from "../lib/redis.ts";
import { makeSubscription } from "./subscription.ts";

/**
 * A gateway whose connections can end, or go deaf without ending: the one thing a real one does not do when asked.
 * `connections` are those opened so far, the newest last.
 */
function aGateway() {
  const connections: { say(line: string): void; end(): void; aborted: boolean }[] = [];
  const redis = {
    command: (_: string, channel: string, payload: string) => {
      connections.at(-1)?.say(`message,${channel},${payload}`);
      return Promise.resolve(1);
    },
    subscribe: (channel: string, signal: AbortSignal) => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          let isDeaf = false;
          const connection = {
            aborted: false,
            say: (line: string) => isDeaf || controller.enqueue(new TextEncoder().encode(`data: ${line}\n\n`)),
            end: () => controller.close(),
            deafen: () => isDeaf = true,
          };
          signal.addEventListener("abort", () => {
            connection.aborted = true;
            isDeaf = true;
            controller.error(signal.reason);
          });
          connections.push(connection);
          connection.say(`subscribe,${channel},1`);
        },
      });
      return Promise.resolve(new Response(body));
    },
  };
  return {
    connections: connections as (typeof connections[number] & { deafen(): void })[],
    redis: redis as unknown as Redis,
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("hands over what is published, and keeps its own beats to itself", async () => {
  const { redis, connections } = aGateway();
  const heard: string[] = [];
  const subscription = makeSubscription(redis, "c", (payload) => heard.push(payload), () => {});
  await subscription.opened;

  connections[0]!.say('message,c,{"text":"a,b"}');
  await vi.advanceTimersByTimeAsync(20_000);
  subscription.close();

  expect(heard).toEqual(['{"text":"a,b"}']);
  expect(connections).toHaveLength(1);
});

test("a connection that ends is opened again, and its listeners are told that they may have missed something", async () => {
  const { redis, connections } = aGateway();
  const repaired = vi.fn();
  const subscription = makeSubscription(redis, "c", () => {}, repaired);
  await subscription.opened;

  connections[0]!.end();
  await vi.advanceTimersByTimeAsync(1_000);
  subscription.close();

  expect(connections).toHaveLength(2);
  expect(repaired).toHaveBeenCalledTimes(1);
});

test("a connection that goes deaf without a word is found out and replaced", async () => {
  const { redis, connections } = aGateway();
  const repaired = vi.fn();
  const subscription = makeSubscription(redis, "c", () => {}, repaired);
  await subscription.opened;

  connections[0]!.deafen();
  await vi.advanceTimersByTimeAsync(10_000);
  subscription.close();

  expect(connections[0]!.aborted).toBe(true);
  expect(connections).toHaveLength(2);
  expect(repaired).toHaveBeenCalledTimes(1);
});

test("closing ends the connection and tries no more", async () => {
  const { redis, connections } = aGateway();
  const subscription = makeSubscription(redis, "c", () => {}, () => {});
  await subscription.opened;

  subscription.close();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(connections).toHaveLength(1);
  expect(connections[0]!.aborted).toBe(true);
});

import { expect, test } from "vitest";
import { makeTestClock, settle } from "../time/makeTestClock.ts";
import { makeStream, type StreamEvent } from "./makeStream.ts";

/** A client and a server whose connections the test holds in hand; a status other than 200 refuses that attempt. */
function aStream(...statuses: number[]) {
  const clock = makeTestClock();
  const connections: ReadableStreamDefaultController<Uint8Array>[] = [];
  const heard: StreamEvent[] = [], live: boolean[] = [];
  let attempts = 0;
  const stream = makeStream({
    clock,
    open() {
      attempts++;
      const status = statuses.shift() ?? 200;
      if (status !== 200) return Promise.resolve(new Response(null, { status }));
      return Promise.resolve(
        new Response(new ReadableStream({ start: (controller) => void connections.push(controller) })),
      );
    },
    hear: (event) => heard.push(event),
    onLive: (isLive) => live.push(isLive),
  });
  const write = (text: string) => connections.at(-1)!.enqueue(new TextEncoder().encode(text));
  const hello = () => write(`event: hello\ndata: {"type":"hello","rooms":[]}\n\n`);
  return { stream, clock, connections, write, hello, heard, live, attempts: () => attempts };
}

test("events are heard whole, however they are cut on the way", async () => {
  const { stream, write, heard, live } = aStream();
  stream.start();
  await settle();

  write(`event: hello\ndata: {"type":"hel`);
  write(`lo","rooms":[]}\n\nid: 1\ndata: {"type":"user.updated","userId":"ada"}\n\n`);
  await settle();

  expect(heard).toEqual([{ type: "hello", rooms: [] }, { type: "user.updated", userId: "ada" }]);
  expect(live).toEqual([true]);
});

test("a stream that ends by plan is opened again at once", async () => {
  const { stream, hello, clock, connections, attempts } = aStream();
  stream.start();
  await settle();
  hello();
  await clock.advance(240_000 / 10);

  connections[0]!.close();
  await settle();

  expect(attempts()).toBe(2);
});

test("40 s without a byte is a dead connection", async () => {
  const { stream, hello, clock, attempts, live } = aStream();
  stream.start();
  await settle();
  hello();

  await clock.advance(39_000);
  const attemptsBefore = attempts();
  await clock.advance(3_000);

  expect(attemptsBefore).toBe(1);
  expect(attempts()).toBe(2);
  expect(live).toEqual([true, false]);
});

test("a heartbeat keeps the connection", async () => {
  const { stream, write, clock, attempts } = aStream();
  stream.start();

  for (let beat = 0; beat < 10; beat++) {
    await clock.advance(15_000);
    write(`event: heartbeat\ndata: {"type":"heartbeat","heads":{}}\n\n`);
  }
  await settle();

  expect(attempts()).toBe(1);
});

test("failures are retried ever more patiently, and being back online at once", async () => {
  const { stream, clock, attempts } = aStream(...Array(8).fill(503));
  stream.start();

  await clock.advance(10_000);
  const attemptsBefore = attempts();
  stream.wake();
  await settle();

  expect(attemptsBefore).toBeGreaterThan(3);
  expect(attemptsBefore).toBeLessThan(8);
  expect(attempts()).toBe(attemptsBefore + 1);
});

test("waking up distrusts a connection that missed a beat, and trusts one that did not", async () => {
  const { stream, hello, clock, attempts } = aStream();
  stream.start();
  await settle();
  hello();

  await clock.advance(10_000);
  stream.wake();
  await settle();
  const attemptsBefore = attempts();
  await clock.advance(15_000);
  stream.wake();
  await clock.advance(1_000);

  expect(attemptsBefore).toBe(1);
  expect(attempts()).toBe(2);
});

test("a refusal with 401 ends it", async () => {
  const { stream, clock, attempts, live } = aStream(401);
  stream.start();

  await clock.advance(120_000);

  expect(attempts()).toBe(1);
  expect(live).toEqual([]);
});

test("the server's retry hint is where the waiting starts", async () => {
  const { stream, write, clock, connections, attempts } = aStream();
  stream.start();
  await settle();
  write("retry: 10000\n\n");
  await settle();

  connections[0]!.error(new Error("cut"));
  await clock.advance(4_900);
  const attemptsBefore = attempts();
  await clock.advance(5_200);

  expect(attemptsBefore).toBe(1);
  expect(attempts()).toBe(2);
});

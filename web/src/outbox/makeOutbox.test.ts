import { expect, test } from "vitest";
import type { Message } from "../../../functions/chat/model.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { makePageLock } from "../session/Lock.ts";
import { makeTestClock, settle } from "../time/makeTestClock.ts";
import { makeOutbox } from "./makeOutbox.ts";
import { openOutboxStore, type Outgoing } from "./OutboxStore.ts";

type Answer = RequestFailed | null;

/** A browser with one outbox; `answers` holds what the server says to each try, success when it runs out. */
async function anOutbox({ userId = crypto.randomUUID(), answers = [] as Answer[], lock = makePageLock() } = {}) {
  const clock = makeTestClock();
  const tried: string[] = [], sent: string[] = [];
  let shown: readonly Outgoing[] = [];
  const outbox = makeOutbox({
    store: await openOutboxStore(),
    userId,
    clock,
    lock,
    async send({ id, content, roomId }) {
      tried.push(content);
      await Promise.resolve();
      const failure = answers.shift();
      if (failure) throw failure;
      sent.push(content);
      return { id, content, roomId } as Message;
    },
    onSent: () => {},
    onChange: (messages) => shown = messages,
  });
  return { outbox, clock, tried, sent, shown: () => shown, userId, lock };
}

test("a message is stored, sent, and forgotten once the server has it", async () => {
  const { outbox, clock, sent, shown } = await anOutbox();

  await outbox.add("tea", "hello");
  const written = shown();
  await clock.advance(0);

  expect(written).toMatchObject([{ content: "hello", failure: null }]);
  expect(sent).toEqual(["hello"]);
  expect(shown()).toEqual([]);
});

test("a room's messages arrive in the order of writing, whatever fails between", async () => {
  const answers = [new RequestFailed(null), null, new RequestFailed(503), new RequestFailed(429)];
  const { outbox, clock, sent } = await anOutbox({ answers });

  for (const content of ["1", "2", "3"]) await outbox.add("tea", content);
  await clock.advance(60_000);

  expect(sent).toEqual(["1", "2", "3"]);
});

test("what waits stays the same object while it is tried, so that its line is not drawn anew", async () => {
  const { outbox, clock, shown } = await anOutbox({ answers: [new RequestFailed(null), new RequestFailed(null)] });
  await outbox.add("tea", "waits");
  const [written] = shown();

  await clock.advance(0);
  outbox.wake();
  await clock.advance(0);

  expect(shown()).toHaveLength(1);
  expect(shown()[0]).toBe(written);
});

test("a room whose message has to wait holds up no other room", async () => {
  const { outbox, clock, sent } = await anOutbox({ answers: [new RequestFailed(429, null, 60_000)] });

  await outbox.add("tea", "waits");
  await clock.advance(1_000);
  await outbox.add("coffee", "goes");
  await clock.advance(1_000);

  expect(sent).toEqual(["goes"]);
});

test("Retry-After is kept, and being back online cuts it short", async () => {
  const { outbox, clock, tried, sent } = await anOutbox({ answers: [new RequestFailed(429, null, 60_000)] });
  await outbox.add("tea", "patience");

  await clock.advance(59_000);
  const triedBefore = [...tried];
  outbox.wake();
  await clock.advance(0);

  expect(triedBefore).toEqual(["patience"]);
  expect(sent).toEqual(["patience"]);
});

test("a refused message is set aside with its reason, and those after it go on", async () => {
  const { outbox, clock, sent, shown } = await anOutbox({
    answers: [new RequestFailed(404, { type: "/problems/room-not-found", title: "No such room", status: 404 })],
  });

  await outbox.add("tea", "refused");
  await outbox.add("tea", "fine");
  await clock.advance(0);

  expect(shown()).toMatchObject([{ content: "refused", failure: "No such room" }]);
  expect(sent).toEqual(["fine"]);
});

test("a refused message can be tried again or discarded", async () => {
  const { outbox, clock, sent, shown } = await anOutbox({ answers: [new RequestFailed(403), new RequestFailed(403)] });
  await outbox.add("tea", "again");
  await outbox.add("tea", "away");
  await clock.advance(0);
  const [again, away] = shown();

  await outbox.retry(again!.id);
  await outbox.discard(away!.id);
  await clock.advance(0);

  expect(sent).toEqual(["again"]);
  expect(shown()).toEqual([]);
});

test("what a closed tab left is sent at the next start, and once", async () => {
  const before = await anOutbox({ answers: [new RequestFailed(null)] });
  await before.outbox.add("tea", "left behind");
  await before.clock.advance(0);
  before.outbox.stop();

  const after = await anOutbox({ userId: before.userId });
  await after.outbox.start();
  await after.clock.advance(0);
  await before.clock.advance(60_000);

  expect(after.sent).toEqual(["left behind"]);
  expect(before.sent).toEqual([]);
});

test("one person's messages are never sent by another who signs in here", async () => {
  const ada = await anOutbox({ answers: [new RequestFailed(401)] });
  await ada.outbox.add("tea", "ada's");
  await ada.clock.advance(0);
  ada.outbox.stop();

  const bob = await anOutbox();
  await bob.outbox.start();
  await bob.clock.advance(60_000);

  expect(bob.tried).toEqual([]);
  expect(bob.shown()).toEqual([]);
});

test("two tabs of one person send each message once", async () => {
  const first = await anOutbox();
  const second = await anOutbox({ userId: first.userId, lock: first.lock });

  await first.outbox.add("tea", "1");
  await second.outbox.start();
  await second.outbox.add("tea", "2");
  await first.clock.advance(0);
  await second.clock.advance(0);
  await first.outbox.start();
  await settle();

  expect([...first.sent, ...second.sent].sort()).toEqual(["1", "2"]);
  expect([...first.shown(), ...second.shown()]).toEqual([]);
});

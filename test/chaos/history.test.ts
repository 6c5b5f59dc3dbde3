import { expect, test } from "vitest";
import { makeHistory } from "./history.ts";

const asker = { client: "ada", userId: "ada", roomId: "tea" };

test("an operation is on record from its beginning, with its times and the place it was given", () => {
  let now = 1;
  const { operations, begin } = makeHistory(() => now++);

  const pending = begin(asker, { kind: "send", messageId: "m1", content: "hello" });
  const before = { ...operations[0] };
  pending.acknowledge({ seq: 1, rev: 2 });

  expect(before).toMatchObject({ outcome: "unknown", startedAt: 1, endedAt: null });
  expect(operations).toMatchObject([{ outcome: "acknowledged", startedAt: 1, endedAt: 2, place: { seq: 1, rev: 2 } }]);
});

test("a refusal is certain only if every try was answered", () => {
  const { operations, begin } = makeHistory();

  begin(asker, { kind: "read", seq: 1 }).refuse();
  const unsure = begin(asker, { kind: "read", seq: 2 });
  unsure.unanswered();
  unsure.refuse();

  expect(operations.map(({ outcome }) => outcome)).toEqual(["refused", "unknown"]);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inOrder } from "./in-order.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The revs of one room that come out when these go in. */
function passed(...revs: number[]) {
  const out: number[] = [];
  const events = inOrder();
  for (const rev of revs) events.put("room", rev, () => out.push(rev));
  return out;
}

test("what overtook waits for what it overtook", () => {
  expect(passed(5, 7, 8, 6, 9)).toEqual([5, 6, 7, 8, 9]);
});

test("what comes too late is passed on, for its rev says so", () => {
  expect(passed(5, 6, 4)).toEqual([5, 6, 4]);
});

test("what never comes is passed over after a moment, and order goes on", () => {
  const out = passed(5, 7, 8, 10);

  const atFirst = [...out];
  vi.advanceTimersByTime(50);
  const afterOne = [...out];
  vi.advanceTimersByTime(50);

  expect(atFirst).toEqual([5]);
  expect(afterOne).toEqual([5, 7, 8]);
  expect(out).toEqual([5, 7, 8, 10]);
  expect(vi.getTimerCount()).toBe(0);
});

test("the first event of a room whose rev is known waits for its turn too", () => {
  const out: number[] = [];
  const events = inOrder();
  events.begin("room", 4);

  for (const rev of [6, 5]) events.put("room", rev, () => out.push(rev));

  expect(out).toEqual([5, 6]);
});

test("rooms do not wait for each other", () => {
  const out: string[] = [];
  const events = inOrder();

  for (const [room, rev] of [["a", 1], ["a", 3], ["b", 9]] as const) events.put(room, rev, () => out.push(room + rev));

  expect(out).toEqual(["a1", "b9"]);
});

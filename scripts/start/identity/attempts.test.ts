import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { attempts } from "./attempts.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("attempts() makes a key wait when its limit is reached, until the window is over", () => {
  const guesses = attempts(2, 15 * 60_000);

  guesses.began("ada");
  const afterOne = guesses.minutesToWait("ada");
  guesses.began("ada");
  const afterTwo = guesses.minutesToWait("ada");
  vi.advanceTimersByTime(14.5 * 60_000);
  const nearTheEnd = guesses.minutesToWait("ada");
  vi.advanceTimersByTime(60_000);

  expect([afterOne, afterTwo, nearTheEnd, guesses.minutesToWait("ada")]).toEqual([0, 15, 1, 0]);
});

test("attempts() keeps keys apart, forgets on success and takes back what was no failure", () => {
  const guesses = attempts(1, 60_000);
  for (const key of ["ada", "grace", "alan"]) guesses.began(key);

  guesses.clear("ada");
  guesses.forgive("grace");

  expect(["ada", "grace", "alan"].map(guesses.minutesToWait)).toEqual([0, 0, 1]);
});

test("attempts() remembers a bounded number of keys, the latest", () => {
  const guesses = attempts(1, 60_000);

  for (let i = 0; i <= 10_000; i++) guesses.began(`key ${i}`);

  expect([guesses.minutesToWait("key 0"), guesses.minutesToWait("key 10000")]).toEqual([0, 1]);
});

import type { Random } from "../random.ts";

/** Everything that may go wrong, and for how long at most, in milliseconds: until it comes back, or until it stops. */
export const faultKinds = {
  "postgres killed": 2_000,
  "postgres backend killed": 0,
  "postgres paused": 5_000,
  "redis killed": 3_000,
  "redis paused": 6_000,
  "gateway killed": 3_000,
  "gateway paused": 6_000,
  "function killed": 3_000,
  "function paused": 6_000,
  "function replaced": 1_000,
  "streams killed": 3_000,
  "streams paused": 6_000,
  "streams replaced": 1_000,
  "publishes dropped": 8_000,
  "publishes duplicated": 8_000,
  "publishes delayed": 8_000,
  "subscriptions cut": 0,
  "subscriptions deaf": 0,
  "answers lost": 4_000,
  "sends repeated": 6_000,
  "client streams cut": 0,
  "client streams held": 6_000,
  "client streams deaf": 0,
  "client restarted": 0,
} as const;
export type FaultKind = keyof typeof faultKinds;

/** One fault: when it begins, in milliseconds from the start, and how long it lasts. */
export interface Fault {
  kind: FaultKind;
  atMs: number;
  lastsMs: number;
  /** From 0 up to and without 1: which of several it hits. */
  target: number;
}

/** Between the beginnings of two faults, in milliseconds; shorter than most of them last, so that they overlap. */
const gapMs = [1_500, 4_500] as const;

/**
 * What the end always has, from `finaleMs` before it until as long after: what is lost of the last words, no later one
 * gives away.
 */
const finale: readonly FaultKind[] = ["publishes dropped", "publishes delayed"];
const finaleMs = 1_500;

/**
 * What will go wrong in a run of this length: every kind once in some order, then all again in another, until the time
 * is over; on average one in three seconds. The same chance gives the same plan.
 */
export function planFaults(random: Random, seconds: number, kinds: readonly FaultKind[]): Fault[] {
  const plan: Fault[] = [];
  const lastMs = Math.max(0, seconds * 1_000 - finaleMs);
  let deck: FaultKind[] = [];
  for (let atMs = random.int(...gapMs); atMs < lastMs; atMs += random.int(...gapMs)) {
    if (deck.length === 0) deck = random.shuffled(kinds);
    const kind = deck.pop()!;
    plan.push({ kind, atMs, lastsMs: random.int(faultKinds[kind] / 8, faultKinds[kind]), target: random.next() });
  }
  return [...plan, ...finale.map((kind) => ({ kind, atMs: lastMs, lastsMs: 2 * finaleMs, target: 0 }))];
}

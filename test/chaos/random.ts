/** Chance that can be repeated: the same seed gives the same choices. */
export interface Random {
  /** From 0 up to and without 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  /** One of them; undefined of none. */
  pick<T>(from: readonly T[]): T | undefined;
  /** A key, each as often as its weight says. */
  weighted<Key extends string>(weights: Partial<Record<Key, number>>): Key;
  /** The same things in another order. */
  shuffled<T>(things: readonly T[]): T[];
}

/** Chance from a 32-bit seed, by the generator known as mulberry32. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;

  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));

  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (from) => from[int(0, from.length - 1)],
    weighted<Key extends string>(weights: Partial<Record<Key, number>>): Key {
      const entries = Object.entries(weights) as [Key, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      return (entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1)!)[0];
    },
    shuffled(things) {
      const left = [...things];
      return things.map(() => left.splice(int(0, left.length - 1), 1)[0]!);
    },
  };
}

/** A seed for one of many that share a seed: near numbers give far ones. */
export const seedOf = (seed: number, which: number): number => Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b + 2 * which);

/** At most so many people or addresses are remembered; who failed longest ago is forgotten first. */
const maxRemembered = 10_000;

/** Counts failures per key: `limit` of them within `windowMs` and the key must wait until the window is over. */
export function attempts(limit: number, windowMs: number) {
  const entries = new Map<string, { count: number; until: number }>();

  const current = (key: string) => {
    const entry = entries.get(key);
    if (entry && entry.until > Date.now()) return entry;
    entries.delete(key);
    return undefined;
  };

  return {
    /** How many minutes the key must still wait; 0 when it may try. */
    minutesToWait(key: string): number {
      const entry = current(key);
      return entry && entry.count >= limit ? Math.ceil((entry.until - Date.now()) / 60_000) : 0;
    },

    /** Count an attempt before its outcome is known, so that many at once are no way around. */
    began(key: string): void {
      const { count, until } = current(key) ?? { count: 0, until: Date.now() + windowMs };
      entries.delete(key); // to stand last again
      if (entries.size >= maxRemembered) entries.delete(entries.keys().next().value!);
      entries.set(key, { count: count + 1, until });
    },

    /** Take one attempt back: it was not a failure. */
    forgive(key: string): void {
      const entry = current(key);
      if (entry) entry.count -= 1;
    },

    /** Forget all of a key's failures. */
    clear(key: string): void {
      entries.delete(key);
    },
  };
}

const windowMs = 15 * 60_000;

/**
 * Against guessing: 10 wrong passwords for one name, or 100 from one address. Against filling the house: 300 new
 * accounts from one address. Addresses have room because behind a proxy everybody may come from the same one.
 */
export const limits = () => ({
  byName: attempts(10, windowMs),
  byAddress: attempts(100, windowMs),
  joining: attempts(300, windowMs),
});

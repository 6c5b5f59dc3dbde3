import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Change, Entry } from "./memory.ts";

/** Lines may outnumber what is alive this many times before the file is written anew. */
const slack = 4;
const leastLines = 1_000;

const line = (change: Change) => JSON.stringify(change) + "\n";

/** Lines of an earlier life. A line that is cut off, as a crash leaves the last one, is left out. */
function* read(file: string): Generator<Change> {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  for (const one of text.split("\n")) {
    try {
      const change: Partial<Change> | null = JSON.parse(one);
      if (typeof change?.key === "string" && change.value !== undefined) yield { expiresAt: null, ...change } as Change;
    } catch {
      continue;
    }
  }
}

/**
 * What the Redis in memory should remember, in a file only its owner may read: one JSON line per change, written before
 * `onChange` returns, so that it outlives this process (not a power cut: it is not synced). Compacted when opened and
 * when it has grown. One process at a time.
 */
export function openJournal(file: string): { saved: Entry[]; onChange: (change: Change) => void; close: () => void } {
  const alive = new Map<string, Entry>();
  const keep = (change: Change) => {
    if (change.value === null) alive.delete(change.key);
    else alive.set(change.key, change as Entry);
  };
  for (const change of read(file)) keep(change);

  let lines = 0;
  let out = compact();

  /** Write what is alive to a new file and put it in the place of the old one, whole or not at all. */
  function compact(): number {
    const now = Date.now();
    for (const { key, expiresAt } of alive.values()) if (expiresAt !== null && expiresAt <= now) alive.delete(key);
    const fresh = `${file}.new`;
    const next = openSync(fresh, "w", 0o600);
    writeFileSync(next, [...alive.values()].map(line).join(""));
    fsyncSync(next);
    renameSync(fresh, file);
    lines = alive.size;
    return next;
  }

  return {
    saved: [...alive.values()],
    onChange(change) {
      keep(change);
      appendFileSync(out, line(change));
      lines += 1;
      if (lines < leastLines || lines < slack * alive.size) return;
      closeSync(out);
      out = compact();
    },
    close: () => closeSync(out),
  };
}

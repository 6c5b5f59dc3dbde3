import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "./fault.ts";

/** How long to wait for an instance that is just stopping. */
const patienceMs = 3_000;

/**
 * Make this process the only one on a data directory, until it ends: the kernel takes the lock back however it ends.
 * The file says who holds it. Throws `Fault`. Deno only.
 */
export async function lock(dataDir: string, publicUrl: string): Promise<void> {
  const name = path.join(dataDir, "lock");
  const file = Deno.openSync(name, { read: true, write: true, create: true });
  const until = Date.now() + patienceMs;
  while (!file.tryLockSync(true)) {
    if (Date.now() > until) {
      const [pid = "?", url = "?"] = readFileSync(name, "utf8").split("\n");
      throw new Fault(
        `Cannot start: another Parley (process ${pid}, ${url}) already runs on ${dataDir}; stop it, or give another --data-dir and --port`,
      );
    }
    await sleep(100);
  }
  file.truncateSync();
  file.writeSync(new TextEncoder().encode(`${process.pid}\n${publicUrl}\n`));
  held = file;
}

/** Kept here so that the file is not closed, which would give the lock back. */
let held: Deno.FsFile | undefined;

/** Whether this process holds a lock. */
export const isLocked = () => held !== undefined;

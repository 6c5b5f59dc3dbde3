import { execFileSync } from "node:child_process";
import { mkdirSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { Fault } from "./fault.ts";

/** Whom to run a server as. Empty when we are not root and simply run it ourselves. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

/** Where root keeps what the unprivileged user must reach and cannot reach in the data directory. */
export const systemDir = "/var/lib/parley";

const idOf = (flag: "-u" | "-g", user: string) =>
  Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));

/**
 * Postgres refuses to run as root: then it runs as the owner of the files it already has, else as `postgres`, else as
 * `nobody`.
 */
export function unprivileged(existing?: string): RunAs {
  if (process.getuid?.() !== 0) return {};
  const owner = existing === undefined ? undefined : statSync(existing);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const user of ["postgres", "nobody"]) {
    try {
      return { uid: idOf("-u", user), gid: idOf("-g", user) };
    } catch {
      continue; // no such user
    }
  }
  throw new Fault("Cannot run Postgres as root, and there is neither a user postgres nor nobody to run it as");
}

const may = ({ uid, gid, mode }: Stats, as: RunAs, bits: number) =>
  (mode & (uid === as.uid ? bits << 6 : gid === as.gid ? bits << 3 : bits)) !== 0;

/** Whether that user can pass through every directory down to this existing one, itself included. */
export function canReach(dir: string, as: RunAs): boolean {
  if (as.uid === undefined) return true;
  const parent = path.dirname(dir);
  return may(statSync(dir), as, 0o1) && (parent === dir || canReach(parent, as));
}

/** Make `systemDir`, which everybody may pass through. */
export function makeSystemDir(): string {
  mkdirSync(systemDir, { recursive: true, mode: 0o755 });
  return systemDir;
}

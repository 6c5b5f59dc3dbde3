import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { Fault, reason } from "./fault.ts";

/** Passwords nobody has to know, by name: made when first asked for, and the same ever after. */
export type Secrets = (name: string) => string;

/** Whole and on the disk, or not at all: without its passwords a database is lost. */
function replace(file: string, content: string): void {
  const draft = openSync(`${file}.new`, "w", 0o600);
  writeFileSync(draft, content);
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${file}.new`, file);
}

/** The secrets of a data directory, in a file only its owner may read. */
export function openSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, "secrets.json");
  const known: Record<string, string> = {};
  try {
    if (existsSync(file)) Object.assign(known, JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Fault(`Cannot read ${file}, which holds the passwords of ${dataDir}: ${reason(error)}`);
  }
  return (name) => {
    const existing = known[name];
    if (existing !== undefined) return existing;
    const made = known[name] = randomBytes(24).toString("base64url");
    replace(file, JSON.stringify(known, null, 2));
    return made;
  };
}

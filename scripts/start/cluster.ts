import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { Fault, reason } from "./fault.ts";
import { run } from "./processes.ts";
import { canReach, makeSystemDir, type RunAs } from "./unprivileged.ts";

/** The major version of the binaries we ship; a cluster of another one cannot be opened. */
const version = "18";

const isLink = (file: string) => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** Where the cluster of `dir` really lies, if there is one. */
export function existingCluster(dir: string): string | undefined {
  if (isLink(dir) && !existsSync(dir)) {
    throw new Fault(`Cannot find the database that ${dir} points to: bring it back, or remove the link to begin anew`);
  }
  const versionFile = path.join(dir, "PG_VERSION");
  if (!existsSync(versionFile)) return undefined;
  const theirs = readFileSync(versionFile, "utf8").trim();
  if (theirs !== version) {
    throw new Fault(`Cannot open ${dir}: it was written by Postgres ${theirs}, this is ${version}`);
  }
  return realpathSync(dir);
}

/**
 * Where a new cluster for `dir` goes: there, or, when the user that Postgres runs as cannot reach it, to a directory of
 * the system that `dir` then points to. Nobody's permissions are changed.
 */
function place(dir: string, as: RunAs): string {
  const parent = path.dirname(dir);
  mkdirSync(parent, { recursive: true });
  if (canReach(realpathSync(parent), as)) return path.join(realpathSync(parent), path.basename(dir));
  return path.join(makeSystemDir(), `data-${randomUUID()}`);
}

/**
 * Make a new cluster for `dir` and give its real place. Built beside it and renamed when complete, so that one whose
 * making was killed is never taken for a good one.
 */
export async function createCluster(
  dir: string,
  { binaries, as, password, isEphemeral }: { binaries: string; as: RunAs; password: string; isEphemeral: boolean },
): Promise<string> {
  if (existsSync(dir)) throw new Fault(`Cannot make a database in ${dir}: something else is there`);
  const real = place(dir, as);
  const draft = `${real}.new`;
  const passwordFile = `${real}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as.uid !== undefined) { for (const file of [draft, passwordFile]) chownSync(file, as.uid, as.gid!); }

  // The built-in C.UTF-8 sorts by code point and folds case in all of Unicode, the same on every machine.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  try {
    const args = [`--pgdata=${draft}`, ...locale, ...access, ...(isEphemeral ? ["--no-sync"] : [])];
    await run(path.join(binaries, "initdb"), args, as);
  } catch (error) {
    throw new Fault(`Cannot make a database in ${dir}: ${reason(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, real);
  if (real !== dir && !existsSync(dir)) symlinkSync(real, dir);
  return real;
}

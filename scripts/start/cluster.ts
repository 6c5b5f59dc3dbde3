import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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

/** Beside a cluster while it is made: its password, which initdb reads from a file. */
const passwordFileOf = (place: string) => `${place}.password`;

/** Where a cluster is made before it takes its place: under a new name each time, for a killed start's initdb may linger. */
const newDraft = (dir: string) => `${dir}.new-${randomUUID()}`;

async function remove(draft: string): Promise<void> {
  const places = isLink(draft) ? [readlinkSync(draft), draft] : [draft];
  for (const place of places) {
    await rm(passwordFileOf(place), { force: true });
    await rm(place, { recursive: true, force: true });
  }
}

/** Remove what makings that were killed left behind: directories, or links to some elsewhere. */
async function removeOldDrafts(dir: string): Promise<void> {
  const parent = path.dirname(dir);
  const prefix = `${path.basename(dir)}.new-`;
  const drafts = readdirSync(parent).filter((name) => name.startsWith(prefix) && !name.endsWith(passwordFileOf("")));
  for (const name of drafts) {
    const draft = path.join(parent, name);
    // Once more, because an initdb that is just ending may still have written.
    await remove(draft).catch(() => sleep(200)).then(() => remove(draft)).catch(() => {}); // it harms nobody
  }
}

/**
 * An empty directory for a new cluster, at `draft`; when the user that Postgres runs as cannot reach it there, in a
 * directory of the system that `draft` is a link to. Nobody's permissions are changed.
 */
function makeDraft(draft: string, as: RunAs, isEphemeral: boolean): string {
  const parent = path.dirname(draft);
  let place = path.join(realpathSync(parent), path.basename(draft));
  if (!canReach(realpathSync(parent), as)) {
    const home = isEphemeral && canReach(realpathSync(tmpdir()), as) ? tmpdir() : makeSystemDir();
    place = path.join(home, `parley-${randomUUID()}`);
    symlinkSync(place, draft); // first, so that it is found and discarded when we are killed now
  }
  mkdirSync(place, { mode: 0o700 });
  if (as.uid !== undefined) chownSync(place, as.uid, as.gid!);
  return place;
}

/**
 * Make a new cluster at `dir` and give its real place. It is made beside it and renamed when complete, so that one
 * whose making was killed is never taken for a good one.
 */
export async function createCluster(
  dir: string,
  { binaries, as, password, isEphemeral }: { binaries: string; as: RunAs; password: string; isEphemeral: boolean },
): Promise<string> {
  if (existsSync(dir)) throw new Fault(`Cannot make a database in ${dir}: something else is there`);
  mkdirSync(path.dirname(dir), { recursive: true });
  await removeOldDrafts(dir);
  const draft = newDraft(dir);
  const place = makeDraft(draft, as, isEphemeral);
  const passwordFile = passwordFileOf(place);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as.uid !== undefined) chownSync(passwordFile, as.uid, as.gid!);

  // The built-in C.UTF-8 sorts by code point and folds case in all of Unicode, the same on every machine.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  try {
    const args = [`--pgdata=${place}`, ...locale, ...access, ...(isEphemeral ? ["--no-sync"] : [])];
    await run(path.join(binaries, "initdb"), args, as);
  } catch (error) {
    await remove(draft);
    const said = /error: (.*)/.exec((error as Error).message)?.[1];
    throw new Fault(`Cannot make a database in ${dir}: ${said ?? reason(error)}`);
  }
  rmSync(passwordFile);
  renameSync(draft, dir);
  return realpathSync(dir);
}

import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { createCluster, existingCluster } from "./cluster.ts";
import { Fault } from "./fault.ts";
import { freePort } from "./ports.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { type Child, commandLine, isAlive, signal, startChild, stopChild } from "./processes.ts";
import { unprivileged } from "./unprivileged.ts";

/** How long what a killed server left behind may take to go away. */
const healingMs = 5_000;

/** How long a fast shutdown may take before an immediate one; Postgres then replays its log at the next start. */
const stopMs = 1_200;

export interface PostgresOptions {
  /** Where the cluster lies; made when there is none. */
  dir: string;
  /** Of the superuser `postgres`. Must be the same at every start. */
  password: string;
  /** For tests: nothing is synced to the disk, and `stop` removes the cluster. */
  ephemeral?: boolean;
  /** A free one unless said. */
  port?: number;
  /** As in postgresql.conf. */
  settings?: Record<string, string | number>;
}

export interface Postgres {
  port: number;
  pid: number;
  /** Where the cluster really lies: elsewhere than asked when we are root and `dir` is out of reach for its user. */
  dir: string;
  /** The superuser's URL of one database. */
  url: (database?: string) => string;
  /** Resolves with its last words when the server ends, asked to or not. */
  exited: Promise<string>;
  stop: () => Promise<void>;
}

const carefree = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** The process named in a cluster's lock file: ours, or by now a stranger that was given its id. */
function holder(dir: string): { pid: number; isOurs: boolean } | undefined {
  const lockFile = path.join(dir, "postmaster.pid");
  if (!existsSync(lockFile)) return undefined;
  const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  if (!Number.isInteger(pid) || !isAlive(pid)) return undefined;
  return { pid, isOurs: commandLine(pid).includes(`-D ${dir} `) };
}

/** Stop the server of a start that was killed: its clients are gone, and we do not know its settings. */
async function stopOrphan(dir: string): Promise<void> {
  const startedAt = Date.now();
  for (let left = holder(dir); left?.isOurs; left = holder(dir)) {
    const age = Date.now() - startedAt;
    if (age > healingMs) throw new Fault(`Cannot stop process ${left.pid}, the Postgres that still serves ${dir}`);
    signal(left.pid, age > stopMs ? "SIGQUIT" : "SIGINT");
    await sleep(25);
  }
}

/** Resolves when the server takes connections, with its words when it ended instead. */
const ready = (child: Child): Promise<string | undefined> =>
  new Promise((done) => {
    child.onOutput(() => child.tail().includes("ready to accept connections") && done(undefined));
    void child.exited.then(() => done(child.tail()));
  });

const ended = /^.*FATAL: +(.*)$/m;

/** Start the server, again and again while children of a killed one still hold its memory. */
async function serve(dir: string, launch: () => Promise<Child>): Promise<Child> {
  const until = Date.now() + healingMs;
  for (;;) {
    const child = await launch();
    const words = await ready(child);
    if (words === undefined) return child;
    if (!/lock file|shared memory block/.test(words)) {
      throw new Fault(`Cannot start Postgres in ${dir}: ${ended.exec(words)?.[1] ?? words.trim()}`);
    }
    // The id in the lock file went to a program that is not Postgres, and our server's last children have had their time.
    if (Date.now() > until) {
      const other = holder(dir);
      if (!other || other.isOurs) throw new Fault(`Cannot start Postgres in ${dir}: another one still uses it`);
      rmSync(path.join(dir, "postmaster.pid"), { force: true });
    }
    await sleep(100);
  }
}

/**
 * Run PostgreSQL 18 from the npm binaries on 127.0.0.1, as root or not, on Node or Deno. What a killed start left behind
 * is healed. Throws `Fault`.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { password, ephemeral: isEphemeral = false, settings = {} } = options;
  const asked = path.resolve(options.dir);
  const existing = existingCluster(asked);
  const as = unprivileged(existing);
  const binaries = await postgresBinaries(as);
  const dir = existing ?? await createCluster(asked, { binaries, as, password, isEphemeral });
  if (existing) await stopOrphan(dir);

  const port = options.port ?? await freePort();
  const given = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    ...(isEphemeral && carefree),
    ...settings,
  };
  const args = ["-D", dir, ...Object.entries(given).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  const child = await serve(dir, () => startChild(path.join(binaries, "postgres"), args, { ...as, env }));

  return {
    port,
    pid: child.pid,
    dir,
    url: (database = "postgres") => `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    exited: child.exited.then(() => child.tail()),
    stop: async () => {
      await stopChild(child, "SIGINT", "SIGQUIT", stopMs);
      if (isEphemeral) { for (const place of new Set([dir, asked])) rmSync(place, { recursive: true, force: true }); }
    },
  };
}

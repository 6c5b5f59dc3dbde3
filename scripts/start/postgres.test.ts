import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive } from "./processes.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { unprivileged } from "./unprivileged.ts";

let base: string;
let running: Postgres[];

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), "parley-postgres-"));
  running = [];
});

afterEach(async () => {
  for (const server of running) {
    await server.stop();
    rmSync(server.dir, { recursive: true, force: true });
  }
  rmSync(base, { recursive: true, force: true });
});

async function start(options: { ephemeral?: boolean } = {}): Promise<Postgres> {
  const server = await startPostgres({ dir: path.join(base, "postgres"), password: "s3cret", ...options });
  running.push(server);
  return server;
}

async function ask(server: Postgres, statement: string) {
  const sql = postgres(server.url(), { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(statement); // the test's own text
  } finally {
    await sql.end();
  }
}

test("startPostgres() gives PostgreSQL 18 that knows the case of all letters", async () => {
  const server = await start({ ephemeral: true });

  const [row] = await ask(server, "select current_setting('server_version') as version, lower('ÅÉЖ') as lower");

  expect(row).toMatchObject({ version: expect.stringMatching(/^18\./), lower: "åéж" });
});

test("startPostgres() finds the data of the time before", async () => {
  const first = await start();
  await ask(first, "create table kept as select 7 as n");
  await first.stop();

  const [row] = await ask(await start(), "select n from kept");

  expect(row).toEqual({ n: 7 });
  expect(isAlive(first.pid)).toBe(false);
});

test("startPostgres() heals after the server was killed, and loses nothing that was committed", async () => {
  const first = await start();
  await ask(first, "create table kept as select 7 as n");
  process.kill(first.pid, "SIGKILL");

  const [row] = await ask(await start(), "select n from kept");

  expect(row).toEqual({ n: 7 });
});

test("startPostgres() takes over from a server whose parent was killed", async () => {
  const orphan = await start();
  await ask(orphan, "create table kept as select 7 as n");

  const [row] = await ask(await start(), "select n from kept");

  expect(row).toEqual({ n: 7 });
  await orphan.exited;
});

test("startPostgres() is not stopped by a lock file whose process id belongs to a stranger", async () => {
  const first = await start();
  await first.stop();
  const stranger = spawn("sleep", ["60"], { ...unprivileged(), stdio: "ignore" }); // one that the server may signal
  writeFileSync(path.join(first.dir, "postmaster.pid"), `${stranger.pid}\n${first.dir}\n0\n1\n\n127.0.0.1\n`);

  const again = await start();

  expect([isAlive(again.pid), isAlive(stranger.pid!)]).toEqual([true, true]);
  stranger.kill();
}, 20_000);

test("startPostgres() discards a cluster whose making was killed", async () => {
  mkdirSync(path.join(base, "postgres.new-1"));
  writeFileSync(path.join(base, "postgres.new-1/PG_VERSION"), "18");

  const server = await start();

  expect(isAlive(server.pid)).toBe(true);
  expect(readdirSync(base)).toEqual(["postgres"]);
});

test("startPostgres() says what is in the way of a new cluster", async () => {
  writeFileSync(path.join(base, "postgres"), "a file");

  await expect(start()).rejects.toThrow(/Cannot make a database in .*: something else is there/);
});

test("stop() of an ephemeral server leaves nothing", async () => {
  const server = await start({ ephemeral: true });

  await server.stop();

  expect(existsSync(server.dir)).toBe(false);
  expect(existsSync(path.join(base, "postgres"))).toBe(false);
});

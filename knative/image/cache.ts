import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { describe } from "../../functions/lib/fn.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { type EntryName, entryNames, entryNeeds } from "./entry.ts";
import { run } from "./run.ts";

/**
 * V8's compiled code of everything that a cold start runs, Deno's own lazy modules among it: without it a process takes
 * twice as long. Deno keeps it in SQLite files, which it opens on a read-only file system only when both files of the
 * write-ahead log stand beside them, empty.
 */
const logs = ["-shm", "-wal"];

/** Where the cache of a build lies: the image's `DENO_DIR`. */
export const cacheOf = (root: string): string => path.join(root, ".deno");

/** A token of the right shape, so that a request comes as far as the fetch of the keys; nothing listens on port 9. */
const part = (of: unknown) => btoa(JSON.stringify(of)).replaceAll("=", "");
const token = `${part({ alg: "EdDSA", kid: "none" })}.${part({ sub: "nobody" })}.AAAA`;
const nowhere = "//nobody:none@127.0.0.1:9/none";

/** Settings that lead nowhere, of everything an entry reads. */
function settingsOf(name: EntryName): Record<string, string> {
  const scheme = (setting: string) => /DATABASE/.test(setting) ? "postgres" : /^REDIS/.test(setting) ? "redis" : "http";
  const names = entryNeeds(name).flatMap(({ settings }) => settings).filter((setting) => setting !== "DATABASE_CA");
  const urls = names.map((
    setting,
  ) => [setting, /_(URL|ISSUER)$/.test(setting) ? scheme(setting) + ":" + nowhere : "x"]);
  return Object.fromEntries(urls);
}

/** What an entry is asked once, beside its health. */
function question(name: EntryName): [path: string, init: RequestInit] {
  if (!(name in functions)) return ["/", { headers: { accept: "text/html", "accept-encoding": "br" } }];
  const { method, path } = describe(functions[name as FunctionName]);
  const asked = path.replace(/:\w+(\{[^}]*\})?/g, () => crypto.randomUUID());
  return [asked, { method, redirect: "manual", headers: { authorization: `Bearer ${token}`, "x-parley": "1" } }];
}

/** Run an entry once, so that Deno keeps what it compiles. */
async function runOnce(name: EntryName, deno: string, root: string): Promise<void> {
  const { url, stop } = await run(name, settingsOf(name), { deno, root, cache: cacheOf(root) });
  const [asked, init] = question(name);
  for (const res of [await fetch(`${url}/healthz`), await fetch(url + asked, init)]) await res.arrayBuffer();
  await stop();
}

/** Write a cache file anew, its rows in order: the same rows, whenever they were found, are the same bytes. */
function rewrite(file: string): void {
  const old = new DatabaseSync(file);
  const fresh = new DatabaseSync(`${file}.new`);
  fresh.exec("pragma journal_mode = wal");
  const tables = old.prepare("select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all() as { name: string; sql: string }[];
  for (const { name, sql } of tables.sort((a, b) => a.name < b.name ? -1 : 1)) {
    fresh.exec(sql);
    const rows = old.prepare(`select * from ${name} order by 1, 2`);
    rows.setReadBigInts(true); // hashes of 64 bits
    for (const row of rows.all()) {
      const values = Object.values(row);
      fresh.prepare(`insert into ${name} values (${values.map(() => "?").join()})`).run(...values);
    }
  }
  fresh.exec("vacuum");
  for (const database of [old, fresh]) database.close();
  for (const log of logs) rmSync(file + log, { force: true });
  renameSync(`${file}.new`, file);
  for (const log of logs) writeFileSync(file + log, "");
}

/** Fill the cache of a build that lies at `root`, where it will be run. */
export async function bake(root: string, deno = process.execPath, names: readonly EntryName[] = entryNames) {
  const cache = cacheOf(root);
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  for (const name of names) if (name !== "migrations") await runOnce(name, deno, root); // those listen to nobody
  for (const name of readdirSync(cache)) {
    if (/_cache_v\d+$/.test(name)) rewrite(path.join(cache, name));
    else if (!/_cache_v\d+-(shm|wal)$/.test(name)) rmSync(path.join(cache, name), { recursive: true });
  }
}

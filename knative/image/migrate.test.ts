import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate } from "../../scripts/start/migrate.ts";
import { startChild } from "../../scripts/start/processes.ts";
import { bundle } from "./bundle.ts";
import { entryArgs } from "./entry.ts";

const root = mkdtempSync(path.join(tmpdir(), "parley-migrations-"));
const deno = path.join(path.dirname(createRequire(import.meta.url).resolve("deno/package.json")), "deno");
const existing = inject("settings")["CHAT_DATABASE_URL"]!;
const open = (url: string) => postgres(url, { max: 1, onnotice: () => {} }) as unknown as Sql;

beforeAll(async () => writeFileSync(path.join(root, "migrations.js"), (await bundle("migrations")).code));
afterAll(() => rmSync(root, { recursive: true }));

/** Two empty databases beside those of the tests. */
async function emptyDatabases(): Promise<Record<"CHAT_DATABASE_URL" | "USER_DATABASE_URL", string>> {
  const sql = open(existing);
  const names = ["chat", "user"].map((name) => `${name}-${crypto.randomUUID()}`);
  for (const name of names) await sql`create database ${sql(name)}`;
  await sql.end();
  const [chat, user] = names.map((name) => new URL(`/${name}`, existing).href) as [string, string];
  return { CHAT_DATABASE_URL: chat, USER_DATABASE_URL: user };
}

/** Run the migrations as the image does, with their least permissions. */
async function run(settings: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { args } = entryArgs("migrations", settings, { deno, root });
  const child = await startChild(deno, args, { cwd: root, env: { ...settings, DENO_DIR: path.join(root, "cache") } });
  const code = await child.exited;
  return { code, output: child.tail() };
}

const columns = async (url: string) => {
  const sql = open(url);
  const rows = await sql`
    select table_name, column_name, data_type, column_default
      from information_schema.columns where table_schema = 'public' order by 1, 2
  `;
  await sql.end();
  return [...rows];
};

test("two at once bring empty databases to where dbmate brings them, and a third finds nothing to do", async () => {
  const settings = await emptyDatabases();

  const both = await Promise.all([run(settings), run(settings)]);
  const again = await run(settings);
  await migrate({ url: settings.CHAT_DATABASE_URL, dir: "functions/chat/migrations" });

  expect([...both, again].map(({ code }) => code), both.map(({ output }) => output).join()).toEqual([0, 0, 0]);
  const files = readdirSync("functions/chat/migrations").join();
  const applied = both.map(({ output }) => output).join("").split("\n").filter((line) => line.includes(files));
  expect(applied).toHaveLength(1);
  expect(again.output).not.toContain(".sql");
  expect(await columns(settings.CHAT_DATABASE_URL)).toEqual(await columns(existing));
});

test("a database that cannot be reached ends it with 1, and the log says which", async () => {
  const settings = { ...await emptyDatabases(), CHAT_DATABASE_URL: "postgres://nobody@127.0.0.1:9/none" };

  const { code, output } = await run(settings);

  expect(code).toBe(1);
  expect(output).toMatch(/cannot migrate.*CHAT_DATABASE_URL.*ECONNREFUSED/);
});

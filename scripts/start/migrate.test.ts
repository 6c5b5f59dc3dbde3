import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { type Postgres, startPostgres } from "./postgres.ts";

const base = mkdtempSync(path.join(tmpdir(), "parley-migrate-"));
let server: Postgres;

beforeAll(async () => {
  server = await startPostgres({ dir: path.join(base, "postgres"), password: "p@ss word", ephemeral: true });
}, 30_000);

afterAll(async () => {
  await server.stop();
  rmSync(base, { recursive: true, force: true });
});

const chat = new URL("../../functions/chat/migrations", import.meta.url).pathname;

async function tables(database: string): Promise<string[]> {
  const sql = postgres(server.url(database), { max: 1 });
  const rows = await sql`select tablename from pg_tables where schemaname = 'public' order by 1`;
  await sql.end();
  return rows.map(({ tablename }) => tablename);
}

test("migrate() makes the database and its tables, and a second time changes nothing", async () => {
  const url = server.url("chat-service-db");

  await migrate({ url, dir: chat });
  await migrate({ url, dir: chat });

  expect(await tables("chat-service-db")).toContain("messages");
});

test("migrate() takes turns when several run at once", async () => {
  const url = server.url("crowd");

  await Promise.all(Array.from({ length: 4 }, () => migrate({ url, dir: chat })));

  expect(await tables("crowd")).toContain("rooms");
});

test("migrate() applies what was added later", async () => {
  const dir = mkdtempSync(path.join(base, "sql-"));
  const url = server.url("later");
  writeFileSync(path.join(dir, "20260101000001_one.sql"), "-- migrate:up\ncreate table one ();\n-- migrate:down\n");
  await migrate({ url, dir });

  writeFileSync(path.join(dir, "20260101000002_two.sql"), "-- migrate:up\ncreate table two ();\n-- migrate:down\n");
  await migrate({ url, dir });

  expect(await tables("later")).toEqual(["one", "schema_migrations", "two"]);
});

test.each([
  ["a wrong password", () => server.url("x").replace("p%40ss", "wrong"), /x on 127.*password authentication failed/],
  [
    "a server that is not there",
    () => "postgres://a:b@127.0.0.1:1/x",
    /Cannot migrate the database x on 127.0.0.1:1: .*ECONNREFUSED/,
  ],
  ["an address that is none", () => "mysql://a", /Cannot read the database's address/],
])("migrate() says in one sentence what is wrong: %s", async (_, url, sentence) => {
  const attempt = migrate({ url: url(), dir: chat });

  await expect(attempt).rejects.toThrow(sentence);
});

test("migrate() names the statement that failed", async () => {
  const dir = mkdtempSync(path.join(base, "sql-"));
  writeFileSync(path.join(dir, "20260101000001_bad.sql"), "-- migrate:up\ncreate tabel x;\n-- migrate:down\n");

  const attempt = migrate({ url: server.url("bad"), dir });

  await expect(attempt).rejects.toThrow(
    /Cannot migrate the database bad .*20260101000001_bad.*syntax error at or near "tabel"/,
  );
});

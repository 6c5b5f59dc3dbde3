import dbmate from "dbmate";
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import postgres, { type Sql } from "postgres";
import { Fault, reason } from "./fault.ts";
import { run } from "./processes.ts";

/** What Postgres answers when a database is not there, and when somebody made it in the same moment. */
const missingDatabase = "3D000";
const alreadyMade = new Set(["42P04", "23505"]);

/** The key of the advisory lock that makes two migrations at once take turns: "parl" in ASCII. */
const turn = 0x7061726c;

const codeOf = (error: unknown) => String((error as { code?: unknown }).code);
const connect = (url: URL) => postgres(url.href, { max: 1, connect_timeout: 5, onnotice: () => {} }) as unknown as Sql;

/** A database that is asked for by name, as people know it. */
const nameOf = (url: URL) => decodeURIComponent(url.pathname.slice(1));

/** A URL for dbmate, which insists on TLS unless told otherwise; on loopback there is nobody to hide from. */
function parse(text: string): URL {
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new Fault("Cannot read the database's address: it must look like postgres://user:password@host:5432/name");
  }
  const url = new URL(text);
  const isLoopback = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (isLoopback && !url.searchParams.has("sslmode")) url.searchParams.set("sslmode", "disable");
  return url;
}

async function createDatabase(url: URL): Promise<void> {
  const server = new URL(url);
  server.pathname = "/postgres";
  const sql = connect(server);
  try {
    await sql`create database ${sql(nameOf(url))}`;
  } catch (error) {
    if (!alreadyMade.has(codeOf(error))) throw error;
  } finally {
    await sql.end();
  }
}

/** Open the database, and make it first when the server does not have it. */
async function open(url: URL): Promise<Sql> {
  const sql = connect(url);
  try {
    await sql`select`;
    return sql;
  } catch (error) {
    await sql.end();
    if (codeOf(error) !== missingDatabase) throw error;
  }
  await createDatabase(url);
  return connect(url);
}

/** Whether a file of `dir` is not in the list of what was applied. Saves dbmate's start, half a second, where nothing is. */
async function isBehind(sql: Sql, dir: string): Promise<boolean> {
  const [list] = await sql<[{ name: string | null }]>`select to_regclass('schema_migrations') as name`;
  if (!list.name) return true;
  const applied = new Set((await sql`select version from schema_migrations`).map(({ version }) => version));
  return readdirSync(dir).some((file) => file.endsWith(".sql") && !applied.has(file.split("_")[0]));
}

/**
 * Bring one database to the newest migration in `dir`, in dbmate's format; made when the server does not have it. Any
 * number may run at once: they take turns. Throws `Fault`.
 */
export async function migrate({ url: text, dir }: { url: string; dir: string }): Promise<void> {
  const url = parse(text);
  const name = nameOf(url);
  let sql: Sql | undefined;
  try {
    sql = await open(url);
    await sql`select pg_advisory_lock(${turn})`; // given back when the connection ends
    if (!await isBehind(sql, dir)) return;
    const env = { ...process.env, DATABASE_URL: url.href, DBMATE_NO_DUMP_SCHEMA: "true" };
    await run(dbmate.resolveBinary(), ["--migrations-dir", path.resolve(dir), "migrate"], { env });
  } catch (error) {
    throw new Fault(`Cannot migrate the database ${name} on ${url.host}: ${reason(error)}`);
  } finally {
    await sql?.end();
  }
}

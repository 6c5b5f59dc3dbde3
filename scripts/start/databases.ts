import { fileURLToPath } from "node:url";
import path from "node:path";
import process from "node:process";
import postgres, { type Sql } from "postgres";
import { Fault, reason } from "./fault.ts";
import { migrate } from "./migrate.ts";
import { freePort } from "./ports.ts";
import { type Postgres, type PostgresOptions, startPostgres } from "./postgres.ts";
import type { Secrets } from "./secrets.ts";

const here = (of: string) => fileURLToPath(new URL(of, import.meta.url));

/** Every database: its name, the role that owns it on the embedded server, its migrations, and what overrides it. */
const all = {
  chat: {
    name: "chat-service-db",
    role: "chat-service",
    migrations: here("../../functions/chat/migrations"),
    setting: "CHAT_DATABASE_URL",
  },
  user: {
    name: "user-service-db",
    role: "user-service",
    migrations: here("../../functions/user/migrations"),
    setting: "USER_DATABASE_URL",
  },
  identity: {
    name: "identity",
    role: "identity",
    migrations: here("identity/migrations"),
    setting: "IDENTITY_DATABASE_URL",
  },
} as const;

export type DatabaseName = keyof typeof all;
export type Urls = Record<DatabaseName, string>;

/** The address that was given for a database, and the setting that gave it. */
function given(of: DatabaseName): { url: string; setting: string } | undefined {
  const { name, setting } = all[of];
  const own = process.env[setting];
  if (own) return { url: own, setting };
  const server = process.env.DATABASE_URL;
  if (!server) return undefined;
  if (!URL.canParse(server)) return { url: server, setting: "DATABASE_URL" }; // migrate says what is wrong with it
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, setting: "DATABASE_URL" };
}

/** Which of these have no address given, and so live on the embedded server. */
export const embedded = (names: DatabaseName[]) => names.filter((name) => !given(name));

/** The embedded server as `supervise` starts it, always on the same port. */
export async function embeddedPostgres(options: PostgresOptions): Promise<() => Promise<Postgres>> {
  const port = await freePort();
  return () => startPostgres({ ...options, port });
}

/** On the embedded server: one role per database, which owns that one and may enter no other. */
async function provision(server: Postgres, names: DatabaseName[], secrets: Secrets): Promise<void> {
  const sql = postgres(server.url(), { max: 1, onnotice: () => {} }) as unknown as Sql;
  try {
    const known = new Set((await sql`select datname from pg_database`).map(({ datname }) => datname));
    for (const { name, role } of names.map((each) => all[each]).filter(({ name }) => !known.has(name))) {
      const password = `'${secrets(role)}'`; // base64url, and a role's password cannot be a parameter
      const [exists] = await sql`select from pg_roles where rolname = ${role}`;
      if (!exists) await sql`create role ${sql(role)} login`;
      await sql`alter role ${sql(role)} password ${sql.unsafe(password)}`;
      await sql`create database ${sql(name)} owner ${sql(role)}`;
      await sql`revoke all on database ${sql(name)} from public`;
    }
  } catch (error) {
    throw new Fault(`Cannot open the database in ${path.dirname(server.dir)}: ${reason(error)}`);
  } finally {
    await sql.end();
  }
}

function address(of: DatabaseName, server: Postgres, secrets: Secrets): string {
  const { name, role } = all[of];
  return `postgres://${role}:${secrets(role)}@127.0.0.1:${server.port}/${name}`;
}

/**
 * Have these databases ready, on the servers that were given or the embedded one: made if need be, migrated, and their
 * addresses put down. Throws `Fault`.
 */
export async function prepare<Name extends DatabaseName>(
  names: Name[],
  server: Postgres | undefined,
  secrets: Secrets,
): Promise<Pick<Urls, Name>> {
  if (server) await provision(server, embedded(names), secrets);
  const urls = await Promise.all(names.map(async (of) => {
    const override = given(of);
    const url = override?.url ?? address(of, server!, secrets);
    await migrate({ url, dir: all[of].migrations }).catch((error) => {
      throw override ? new Fault(`${error.message}; check ${override.setting}`) : error;
    });
    return [of, url] as const;
  }));
  return Object.fromEntries(urls) as Pick<Urls, Name>;
}

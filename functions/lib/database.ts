import postgres, { type Sql } from "postgres";
import { onClose } from "./lifecycle.ts";
import type { Need } from "./needs.ts";
import { optionalSetting, setting } from "./settings.ts";

const iso = (time: Date | string) => new Date(time).toISOString();

/**
 * A pool on one database. Rows come back with the wire's own shape: camelCase names, times as ISO 8601 UTC, bigint as
 * number (counters stay below 2^53). `DATABASE_CA` is the PEM to verify the server against; without it, no TLS.
 */
function open(name: string, max: number): Sql {
  const ca = optionalSetting("DATABASE_CA");
  const sql = postgres(setting(name), {
    max,
    idle_timeout: 20, // seconds; many pods share one PgBouncer
    connect_timeout: 10,
    ...(ca && { ssl: { ca, rejectUnauthorized: true } }),
    transform: { undefined: null, ...postgres.camel },
    onnotice: () => {},
    types: {
      timestamptz: { to: 1184, from: [1184], serialize: iso, parse: iso },
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
    },
  });
  onClose(() => sql.end({ timeout: 5 }));
  return sql as unknown as Sql; // the driver's type wants to hear of every custom type, its values do not
}

const database = <Key extends string>(name: string, key: Key, url: string, pool: number) => ({
  name,
  key,
  settings: [url, "DATABASE_CA"],
  pool,
  open: () => open(url, pool),
});

/** chat-service-db: rooms, participants, messages. */
export const chatDb: Need<"sql", Sql> = database("chat-service-db", "sql", "CHAT_DATABASE_URL", 4);

/** user-service-db: users, profiles, contacts. */
export const userDb: Need<"sql", Sql> = database("user-service-db", "sql", "USER_DATABASE_URL", 2);

/** user-service-db beside chat-service-db, for the chat operations that must know whether a person exists. */
export const directory: Need<"directory", Sql> = database("user-service-db", "directory", "USER_DATABASE_URL", 2);

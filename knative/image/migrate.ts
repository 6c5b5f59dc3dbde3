import postgres, { type Sql } from "postgres";
import { errorFields, log } from "../../functions/lib/log.ts";
import { optionalSetting, setting } from "../../functions/lib/settings.ts";

/** One migration in dbmate's format: `20261123000001_what_it_does.sql`, of which `-- migrate:up` begins what counts. */
export interface Migration {
  /** The setting that holds the URL of its database. */
  setting: string;
  file: string;
  text: string;
}

/** The advisory lock by which migrations take turns, those of `npm start` too (scripts/start/migrate.ts): "parl". */
const turn = 0x7061726c;

const versionOf = ({ file }: Migration) => file.split("_")[0]!;

/** What a migration does: from its `up` line to the end, or to where going back begins. */
export function upOf({ file, text }: Migration): string {
  const up = /^--\s*migrate:up[^\n]*\n([\s\S]*?)(?=^--\s*migrate:down|(?![\s\S]))/m.exec(text)?.[1];
  if (!up) throw new Error(`Cannot read ${file}: it has no line "-- migrate:up"`);
  return up;
}

/**
 * Apply what is missing on one database, all of it or nothing, and name what was applied. The transaction holds the
 * lock, so this works through a pooler, any number may run at once, and a second run finds nothing to do.
 */
async function apply(sql: Sql, migrations: Migration[]): Promise<string[]> {
  return await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${turn})`;
    await tx`create table if not exists schema_migrations (version varchar(255) primary key)`; // as dbmate makes it
    const rows = await tx<{ version: string }[]>`select version from schema_migrations`;
    const applied = new Set(rows.map(({ version }) => version));
    const missing = migrations.filter((migration) => !applied.has(versionOf(migration)));
    for (const migration of missing) {
      await tx.unsafe(upOf(migration)); // our own file, several statements
      await tx`insert into schema_migrations (version) values (${versionOf(migration)})`;
    }
    return missing.map(({ file }) => file);
  });
}

/** Bring all databases to their newest migration; the databases are there already. Ends the process, with 1 on failure. */
export async function migrate(migrations: Migration[]): Promise<void> {
  for (const [name, own] of Map.groupBy(migrations, (migration) => migration.setting)) {
    const ca = optionalSetting("DATABASE_CA");
    const sql = postgres(setting(name), {
      max: 1,
      connect_timeout: 10,
      onnotice: () => {},
      ...(ca && { ssl: { ca, rejectUnauthorized: true } }),
    }) as unknown as Sql;
    try {
      log("info", "migrated", { database: name, applied: (await apply(sql, own)).join() });
    } catch (error) {
      log("error", "cannot migrate", { database: name, ...errorFields(error) });
      Deno.exit(1);
    } finally {
      await sql.end();
    }
  }
  Deno.exit(); // timers that were taken back would hold the process for another ten seconds
}

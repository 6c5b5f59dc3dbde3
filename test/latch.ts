import postgres from "postgres";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import "./context.ts";

type Setting = "CHAT_DATABASE_URL" | "USER_DATABASE_URL";

// deno-lint-ignore no-explicit-any -- the driver's own default
export type Held = postgres.TransactionSql<any>;

/**
 * Do something in a transaction, keep its locks while `during` runs, then commit: so two operations meet in one certain
 * order. `waiting(n)` resolves when n others wait for these locks. What `during` leaves pending it gives inside an object.
 */
export async function heldBack<Outcome extends object>(
  setting: Setting,
  hold: (sql: Held) => Promise<unknown>,
  during: (waiting: (count: number) => Promise<void>) => Promise<Outcome>,
): Promise<Outcome> {
  const sql = postgres(inject("settings")[setting]!, { max: 2, onnotice: () => {} });
  try {
    const outcome = await sql.begin(async (held) => {
      await hold(held);
      const [own] = await held`select pg_backend_pid() as pid`;
      return await during(async (count) => {
        for (let waiters = 0; waiters < count; await sleep(5)) {
          const [row] = await sql`
            select count(*)::int as count from pg_stat_activity where ${own!["pid"]} = any(pg_blocking_pids(pid))
          `;
          waiters = row!["count"];
        }
      });
    });
    return outcome as Outcome;
  } finally {
    await sql.end();
  }
}

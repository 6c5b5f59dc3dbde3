import type { Sql } from "postgres";
import { problem } from "../lib/problem.ts";

/** Pass only if all these people have an active account. Throws `user-not-found` with those that do not, at `path`. */
export async function requirePeople(directory: Sql, ids: string[], path: string): Promise<void> {
  if (ids.length === 0) return;
  const found = await directory<{ id: string }[]>`select id from users where id = any(${ids}::uuid[]) and is_active`;
  if (found.length === ids.length) return;
  const known = new Set(found.map(({ id }) => id));
  const errors = ids.filter((id) => !known.has(id)).map((id) => ({
    path,
    message: `${id}: no such user`,
  }));
  throw problem("user-not-found", { errors });
}

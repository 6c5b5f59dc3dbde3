import postgres, { type Sql } from "postgres";
import type { Me } from "../lib/identity.ts";
import { problem } from "../lib/problem.ts";

/** The columns of `User`, from `users` joined with `user_profiles as profile`. */
export const publicColumns = (sql: Sql) =>
  sql`
    users.id, users.username, profile.display_name, profile.bio, profile.avatar_url, profile.status, profile.last_seen
  `;

/** The columns of `OwnProfile`. */
export const ownColumns = (sql: Sql) =>
  sql`
    ${publicColumns(sql)}, users.email, profile.phone_number, users.is_verified, users.created_at,
    greatest(users.updated_at, profile.updated_at) as updated_at
  `;

/**
 * Run a statement that finds nothing for somebody whose rows do not exist yet; then make them, and run it again. So
 * nobody but a newcomer pays for the question whether they are new.
 */
export async function withAccount<Row>(sql: Sql, me: Me, statement: () => Promise<Row | undefined>): Promise<Row> {
  const row = await statement();
  if (row) return row;
  await firstSight(sql, me);
  return (await statement())!; // the rows are there now, and nothing removes them
}

/**
 * Make the caller's rows from what their token says; does nothing when they exist. With Keycloak this is the first we
 * hear of somebody. Throws `username-taken` when another account has this name or address.
 */
async function firstSight(sql: Sql, me: Me): Promise<void> {
  const displayName = Array.from((me.name ?? "").replaceAll(/\p{C}/gu, "").trim() || me.username).slice(0, 80).join("");
  try {
    await sql`
      with seen as (
        insert into users (id, username, email, is_verified)
        values (${me.id}, ${me.username}, ${me.email}, ${me.isVerified})
        on conflict (id) do nothing
      )
      insert into user_profiles (user_id, display_name) values (${me.id}, ${displayName})
      on conflict (user_id) do nothing
    `;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "23505") throw problem("username-taken");
    throw error;
  }
}

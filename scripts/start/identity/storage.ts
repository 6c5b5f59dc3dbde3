/// <reference path="./oidc-provider.d.ts" />
import type { Adapter, Payload } from "oidc-provider";
import type { Sql } from "postgres";
import { library } from "./library.ts";

/** How often rows that nobody can use any more are removed, in milliseconds. */
const cleaningMs = 60 * 60 * 1000;

/** Where the provider keeps its models: one table in Postgres, so that a restart forgets nothing. */
export const storage = (sql: Sql) => (model: string): Adapter => ({
  async upsert(id, payload, expiresInSeconds) {
    await sql`
      insert into payloads (model, id, payload, grant_id, uid, expires_at)
      values (${model}, ${id}, ${sql.json(payload as never)}, ${payload.grantId ?? null}, ${payload.uid ?? null},
              now() + make_interval(secs => ${expiresInSeconds ?? null}))
          on conflict (model, id) do update
         set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
             expires_at = excluded.expires_at
    `;
  },

  async find(id) {
    const [row] = await sql<[{ payload: Payload }?]>`
      select payload from payloads
       where model = ${model} and id = ${id} and (expires_at > now() or expires_at is null)
    `;
    return row?.payload;
  },

  async findByUid(uid) {
    const [row] = await sql<[{ payload: Payload }?]>`
      select payload from payloads
       where model = ${model} and uid = ${uid} and (expires_at > now() or expires_at is null)
    `;
    return row?.payload;
  },

  findByUserCode: () => Promise.resolve(undefined), // the device flow is not offered

  /** Of two who use the same code or refresh token in the same moment, one gets through. */
  async consume(id) {
    const { count } = await sql`
      update payloads
         set payload = payload || jsonb_build_object('consumed', extract(epoch from now())::bigint)
       where model = ${model} and id = ${id} and not payload ? 'consumed'
    `;
    const { errors } = await library();
    if (count === 0) throw new errors.InvalidGrant("already used");
  },

  async destroy(id) {
    await sql`delete from payloads where model = ${model} and id = ${id}`;
  },

  async revokeByGrantId(grantId) {
    await sql`delete from payloads where model = ${model} and grant_id = ${grantId}`;
  },
});

/** Remove what has expired, now and every hour. Gives the way to stop it. */
export function keepClean(sql: Sql): () => void {
  const clean = () => sql`delete from payloads where expires_at < now()`.catch(() => {}); // the next hour tries again
  void clean();
  const timer = setInterval(clean, cleaningMs);
  timer.unref?.();
  return () => clearInterval(timer);
}

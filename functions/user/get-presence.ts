import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { redis, RedisError } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { type Presence, PresenceList } from "./model.ts";
import { presenceKey } from "./presence.ts";
import { PresenceQuery, type PresenceStatus } from "./schema.ts";

/**
 * Who of these people is there (at most 100, those that exist, in no particular order): 200. Who has said nothing for
 * 90 s is offline, and so is everybody while Redis is away.
 */
export default fn({
  needs: [userDb, redis],
  answers: { 200: PresenceList },
  problems: ["account-deactivated"],
  wokenAt: "visit",
})
  .get("/api/presence", signedIn, query(PresenceQuery), async (c) => {
    const { sql, redis, me } = c.var;
    const ids = [...new Set(c.req.valid("query").ids)];

    const [people, statuses] = await Promise.all([
      sql<{ userId: string; lastSeen: string | null }[]>`
        select user_id, last_seen from user_profiles
         where require_active(${me.id}) and user_id = any(${ids}::uuid[])
      `,
      redis.command("MGET", ...ids.map(presenceKey)).catch((error) => {
        if (error instanceof RedisError) return []; // its client has said so in the log
        throw error;
      }) as Promise<(PresenceStatus | null)[]>,
    ]);
    const statusOf = new Map(ids.map((id, i) => [id, statuses[i] ?? "offline"]));
    const presence = people.map((person): Presence => ({ ...person, status: statusOf.get(person.userId)! }));
    return c.json({ presence }, 200);
  });

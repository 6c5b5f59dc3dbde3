import type { Sql } from "postgres";
import type { ChatEvent } from "../chat/model.ts";
import { chatDb, directory } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { track } from "../lib/lifecycle.ts";
import { type Redis, redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { json } from "../lib/validate.ts";
import { Presence } from "./model.ts";
import { presenceKey, presenceSeconds } from "./presence.ts";
import { withAccount } from "./profile.ts";
import { NewPresence, type PresenceStatus } from "./schema.ts";

/** The most rooms that hear of one person's coming and going. */
const maxRooms = 500;

/**
 * Say that one is there: 200 with what others see. A status holds for 90 s and is kept in Redis alone; that somebody was
 * here is kept in Postgres, to the minute. Without Redis the answer is the same and the status is not seen.
 */
export default fn({
  needs: [directory, chatDb, redis],
  answers: { 200: Presence },
  problems: ["username-taken", "account-deactivated"],
  wokenAt: "visit",
})
  .put("/api/presence", signedIn, limited("write"), json(NewPresence), async (c) => {
    const { directory, sql, redis, me } = c.var;
    const { status } = c.req.valid("json");

    const seen = await withAccount(directory, me, async () => {
      // Who finds it renewed by another device at this moment has been seen now, too.
      const [seen] = await directory<[{ lastSeen: string }?]>`
        with seen as (
          update user_profiles set last_seen = now()
           where user_id = ${me.id} and stay_active(${me.id})
             and (last_seen is null or last_seen < now() - interval '1 minute')
          returning last_seen
        )
        select last_seen from seen
         union all
        select coalesce(last_seen, now()) from user_profiles
         where user_id = ${me.id} and not exists (select from seen)
      `;
      return seen;
    });
    track(announce(sql, redis, me.id, status)).catch(() => {}); // a hint; Redis is silent, and its client has said so
    return c.json({ userId: me.id, status, lastSeen: seen.lastSeen }, 200);
  });

/** Keep the status, and tell those who share a room with the person when it is another one than before. */
async function announce(sql: Sql, redis: Redis, userId: string, status: PresenceStatus): Promise<void> {
  const key = presenceKey(userId);
  const before = status === "offline"
    ? await redis.command("GETDEL", key)
    : await redis.command("SET", key, status, "EX", presenceSeconds, "GET");
  if ((before ?? "offline") === status) return;

  const rooms = await sql<{ roomId: string }[]>`
    select room_id from room_participants where user_id = ${userId} limit ${maxRooms}
  `;
  const to = { rooms: rooms.map(({ roomId }) => roomId), users: [userId] };
  publish<ChatEvent>(redis, to, { type: "presence.changed", userId, status });
}

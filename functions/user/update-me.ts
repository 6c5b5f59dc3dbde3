import { userDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { json } from "../lib/validate.ts";
import type { ChatEvent } from "../chat/model.ts";
import { ownColumns, withAccount } from "./profile.ts";
import { OwnProfile } from "./model.ts";
import { ProfileChange } from "./schema.ts";

/** Change parts of the caller's profile: 200 with all of it. What is left out stays; null clears. */
export default fn({
  needs: [userDb, redis],
  answers: { 200: OwnProfile },
  problems: ["username-taken", "account-deactivated"],
})
  .patch("/api/me", signedIn, limited("write"), json(ProfileChange), async (c) => {
    const { sql, redis, me } = c.var;
    const change = c.req.valid("json");

    const profile = await withAccount(sql, me, async () => {
      const [changed] = await sql<[OwnProfile?]>`
        with profile as (
          update user_profiles set ${sql({ ...change, updatedAt: new Date() })}
           where user_id = ${me.id} and require_active(${me.id})
          returning *
        )
        select ${ownColumns(sql)} from users join profile on profile.user_id = users.id
      `;
      return changed;
    });

    if (Object.keys(change).length > 0) {
      publish<ChatEvent>(redis, { everybody: true }, { type: "user.updated", userId: me.id });
    }
    return c.json(profile!, 200);
  });

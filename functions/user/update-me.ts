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

    const { hasChanged, ...profile } = await withAccount(sql, me, async () => {
      const [changed] = await sql<[(OwnProfile & { hasChanged: boolean })?]>`
        with profile as (
          update user_profiles set ${sql({ ...change, updatedAt: new Date() })}
           where user_id = ${me.id} and stay_active(${me.id})
          returning new.*, (old.display_name, old.bio, old.avatar_url, old.status, old.phone_number) is distinct from
                           (new.display_name, new.bio, new.avatar_url, new.status, new.phone_number) as has_changed
        )
        select ${ownColumns(sql)}, profile.has_changed from users join profile on profile.user_id = users.id
      `;
      return changed;
    });

    if (hasChanged) {
      publish<ChatEvent>(redis, { everybody: true }, { type: "user.updated", userId: me.id });
    }
    return c.json(profile, 200);
  });

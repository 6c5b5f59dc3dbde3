import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { signedIn } from "../lib/session.ts";
import { ownColumns, withAccount } from "./profile.ts";
import { OwnProfile } from "./model.ts";

/** The caller's own profile: 200. The first sight of somebody makes their account, with the token's `sub` as id. */
export default fn({
  needs: [userDb],
  answers: { 200: OwnProfile },
  problems: ["username-taken", "account-deactivated"],
  wokenAt: "visit",
})
  .get("/api/me", signedIn, async (c) => {
    const { sql, me } = c.var;
    const profile = await withAccount(sql, me, async () => {
      const [found] = await sql<[OwnProfile?]>`
        select ${ownColumns(sql)}
          from users join user_profiles as profile on profile.user_id = users.id
         where users.id = ${me.id} and require_active(${me.id})
      `;
      return found;
    });
    return c.json(profile, 200);
  });

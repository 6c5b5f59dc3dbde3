import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import { publicColumns } from "./profile.ts";
import { User } from "./model.ts";

/** Somebody's public profile: 200, also of people who have left (their messages still bear their id). */
export default fn({ needs: [userDb], answers: { 200: User }, problems: ["account-deactivated"] })
  .get("/api/users/:userId", signedIn, ids, async (c) => {
    const { sql, me } = c.var;
    const [user] = await sql<[User?]>`
      select ${publicColumns(sql)}
        from users join user_profiles as profile on profile.user_id = users.id
       where require_active(${me.id}) and users.id = ${c.req.param("userId")}
    `;
    if (!user) throw problem("user-not-found");
    return c.json(user, 200);
  });

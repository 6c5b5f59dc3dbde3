import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { beginningWith, containing } from "../lib/like.ts";
import { limited } from "../lib/limited.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { publicColumns } from "./profile.ts";
import { type User, UserList } from "./model.ts";
import { UserSearch } from "./schema.ts";

/**
 * People by part of a name (`?q=`, the best match first, active ones only), or by id (`?ids=`, at most 100, those that
 * exist, in no particular order): 200.
 */
export default fn({ needs: [userDb], answers: { 200: UserList }, problems: ["account-deactivated"], wokenAt: "visit" })
  .get("/api/users", signedIn, limited("search"), query(UserSearch), async (c) => {
    const { sql, me } = c.var;
    const { q, ids, limit } = c.req.valid("query");

    const [pattern, beginning] = q === undefined ? [] : [containing(q), beginningWith(q)];
    const users = ids
      ? await sql<User[]>`
        select ${publicColumns(sql)}
          from users join user_profiles as profile on profile.user_id = users.id
         where require_active(${me.id}) and users.id = any(${ids}::uuid[])
      `
      : await sql<User[]>`
        select ${publicColumns(sql)}
          from users join user_profiles as profile on profile.user_id = users.id
         where require_active(${me.id}) and users.is_active
           and (users.username::text ilike ${pattern!} or profile.display_name ilike ${pattern!}
                or users.username::text % ${q!} or profile.display_name % ${q!})
         order by (users.username = ${q!}::citext) desc,
                  (users.username::text ilike ${beginning!} or profile.display_name ilike ${beginning!}) desc,
                  greatest(similarity(users.username::text, ${q!}), similarity(profile.display_name, ${q!})) desc,
                  users.username
         limit ${limit}
      `;
    return c.json({ users: [...users] }, 200);
  });

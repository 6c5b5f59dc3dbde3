import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { publicColumns } from "./profile.ts";
import { type User, UserSearch } from "./schema.ts";

/** `q` as text that `like` takes literally. */
const literally = (q: string) => q.replace(/[\\%_]/g, "\\$&");

/**
 * People by part of a name (`?q=`, the best match first, active ones only), or by id (`?ids=`, at most 100, those that
 * exist, in no particular order): 200.
 */
export default fn({ needs: [userDb] })
  .get("/api/users", signedIn, limited("search"), query(UserSearch), async (c) => {
    const { sql } = c.var;
    const { q, ids, limit } = c.req.valid("query");

    const users = ids
      ? await sql<User[]>`
        select ${publicColumns(sql)}
          from users join user_profiles as profile on profile.user_id = users.id
         where users.id = any(${ids}::uuid[])
      `
      : await sql<User[]>`
        select ${publicColumns(sql)}
          from users join user_profiles as profile on profile.user_id = users.id
         where users.is_active
           and (users.username::text ilike ${`%${literally(q!)}%`} or profile.display_name ilike ${`%${literally(q!)}%`}
                or users.username::text % ${q!} or profile.display_name % ${q!})
         order by (users.username = ${q!}::citext) desc,
                  (users.username::text ilike ${`${literally(q!)}%`} or profile.display_name ilike ${`${
        literally(q!)
      }%`}) desc,
                  greatest(similarity(users.username::text, ${q!}), similarity(profile.display_name, ${q!})) desc,
                  users.username
         limit ${limit}
      `;
    return c.json({ users: [...users] }, 200);
  });

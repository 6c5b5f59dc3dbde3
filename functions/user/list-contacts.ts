import * as v from "valibot";
import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { Id } from "../lib/schema.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { contactColumns, type ContactRow, toContact } from "./contact.ts";
import { ContactList } from "./model.ts";
import { ContactPage } from "./schema.ts";

const Position = v.tuple([v.string(), Id]);

/** The caller's contacts by the name they go by: 200 with a page and the cursor of the next one. */
export default fn({
  needs: [userDb],
  answers: { 200: ContactList },
  problems: ["account-deactivated"],
  wokenAt: "visit",
})
  .get("/api/contacts", signedIn, query(ContactPage), async (c) => {
    const { sql, me } = c.var;
    const { cursor, limit } = c.req.valid("query");
    const [name, id] = parseCursor(Position, cursor) ?? [null, null];

    const rows = await sql<(ContactRow & { sortName: string })[]>`
      select ${contactColumns(sql)}, lower(coalesce(contacts.nickname, profile.display_name)) as sort_name
        from contacts
        join users on users.id = contacts.contact_id
        join user_profiles as profile on profile.user_id = users.id
       where contacts.user_id = ${me.id} and require_active(${me.id})
         and (${id}::uuid is null
              or (lower(coalesce(contacts.nickname, profile.display_name)), contacts.contact_id) > (${name}, ${id}::uuid))
       order by sort_name, contacts.contact_id
       limit ${limit + 1}
    `;
    return c.json({
      contacts: rows.slice(0, limit).map(toContact),
      cursor: nextCursor(rows, limit, (row) => [row.sortName, row.id]),
    }, 200);
  });

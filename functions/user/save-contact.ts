import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids, json } from "../lib/validate.ts";
import { Contact } from "./model.ts";
import { contactColumns, type ContactRow, toContact } from "./contact.ts";
import { withAccount } from "./profile.ts";
import { ContactEntry } from "./schema.ts";

/** Keep somebody as a contact, under a nickname if one is given: 201, or 200 when they were one already. */
export default fn({
  needs: [userDb],
  answers: { 201: Contact, 200: Contact },
  problems: ["username-taken", "account-deactivated"],
})
  .put("/api/contacts/:userId", signedIn, ids, limited("write"), json(ContactEntry), async (c) => {
    const { sql, me } = c.var;
    const { userId } = c.req.param();
    const { nickname } = c.req.valid("json");
    if (userId === me.id) {
      throw problem("invalid-request", { errors: [{ path: "userId", message: "must be somebody else" }] });
    }

    const row = await withAccount(sql, me, async () => {
      const [saved] = await sql<[((ContactRow & { isNew: boolean }) | { id: null })?]>`
        with caller as (
          select id from users where id = ${me.id} and stay_active(${me.id})
        ), contacts as (
          insert into contacts (user_id, contact_id, nickname)
          select caller.id, contact.id, ${nickname}
            from caller, users as contact
           where contact.id = ${userId} and contact.is_active
          on conflict (user_id, contact_id) do update set nickname = excluded.nickname
          returning *, xmax = 0 as is_new
        )
        select ${contactColumns(sql)}, contacts.is_new
          from caller
          left join contacts on true
          left join users on users.id = contacts.contact_id
          left join user_profiles as profile on profile.user_id = users.id
      `;
      return saved;
    });
    if (row.id === null) throw problem("user-not-found");
    return c.json(toContact(row), row.isNew ? 201 : 200);
  });

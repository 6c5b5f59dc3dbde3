import { userDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";

/** Keep somebody as a contact no longer: 204, also when they were none. */
export default fn({ needs: [userDb], answers: { 204: null }, problems: ["account-deactivated"] })
  .delete("/api/contacts/:userId", signedIn, ids, limited("write"), async (c) => {
    const { sql, me } = c.var;
    await sql`
      with removed as (
        delete from contacts where user_id = ${me.id} and contact_id = ${c.req.param("userId")}
      )
      select stay_active(${me.id}) -- and not beside the row that goes: where none does, nobody would ask
    `;
    return c.body(null, 204);
  });

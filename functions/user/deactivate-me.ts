import type { ChatEvent } from "../chat/model.ts";
import { leaveEverything } from "../chat/leaving.ts";
import { chatDb, directory } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { presenceKey } from "./presence.ts";

/** A name that nobody can have: no provider lets a colon into a username. */
const formerName = (id: string) => `deactivated:${id}`;

/**
 * Deactivate one's account, for good: 204, also when it was done before. Every membership ends, contacts go, the profile
 * is blanked; what one has said stays, by somebody without a name. Two databases cannot agree in one statement: the
 * account, which one needs to sign in and ask again, goes last, and a repetition finishes what was cut off.
 */
export default fn({ needs: [directory, chatDb, redis], answers: { 204: null } })
  .delete("/api/me", signedIn, limited("write"), async (c) => {
    const { directory, sql, redis, me } = c.var;

    for await (const event of leaveEverything(sql, me.id)) {
      const isAboutMe = event.type === "participant.changed" && event.participant.userId === me.id;
      const to = { rooms: [event.roomId], ...(isAboutMe && { users: [me.id] }) };
      publish<ChatEvent>(redis, to, event);
    }
    await directory`
      with blanked as (
        insert into users (id, username, is_active)
        values (${me.id}, ${formerName(me.id)}, false)
        on conflict (id) do update
          set username = excluded.username, email = null, password_hash = null, is_verified = false, is_active = false,
              updated_at = now()
        returning id
      )
      insert into user_profiles (user_id, display_name) select id, 'Deactivated account' from blanked
      on conflict (user_id) do update
        set display_name = excluded.display_name, bio = null, avatar_url = null, status = null, phone_number = null,
            last_seen = null, updated_at = now()
    `;
    await directory`delete from contacts where user_id = ${me.id}`; // none can be added any more

    publish<ChatEvent>(redis, { everybody: true }, { type: "user.updated", userId: me.id });
    void redis.command("DEL", presenceKey(me.id)).catch(() => {}); // it ends by itself
    return c.body(null, 204);
  });

import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import { managers, subjects } from "./roles.ts";
import { lockedPeople, lockedRoom } from "./room-lock.ts";
import type { ChatEvent } from "./model.ts";

interface Outcome {
  refusal: ProblemName | null;
  rev: number | null;
}

/** Remove somebody from a room (by `mayManage`), or leave it with one's own id: 204, also when they were not in it. */
export default fn({
  needs: [chatDb, redis],
  answers: { 204: null },
  problems: ["not-allowed", "direct-room", "last-owner"],
})
  .delete("/api/rooms/:roomId/participants/:userId", signedIn, ids, limited("write"), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId, userId } = c.req.param();

    const [outcome] = await sql<[Outcome?]>`
      with ${lockedRoom(sql, roomId, me.id)}, ${lockedPeople(sql, me.id, userId)}, ruling as (
        select room.id, subject.role as subject_role, case
                 when room.room_type = 'direct' then 'direct-room'
                 when ${userId} <> ${me.id} and (actor.role, coalesce(subject.role, 'member'))
                      not in (select * from unnest(${managers}::text[], ${subjects}::text[])) then 'not-allowed'
                 when subject.role = 'owner' and (select count(*) from people where people.role = 'owner') = 1
                   then 'last-owner'
               end as refusal
          from room
          join people as actor on actor.user_id = ${me.id}
          left join people as subject on subject.user_id = ${userId}
      ), bumped as (
        update rooms set rev = rev + 1, updated_at = now()
          from ruling
         where rooms.id = ruling.id and refusal is null and subject_role is not null
        returning rooms.id, rooms.rev
      ), gone as (
        delete from room_participants as person using bumped
         where person.room_id = bumped.id and person.user_id = ${userId}
      ), remembered as (
        insert into room_departures (room_id, user_id, rev) select id, ${userId}, rev from bumped
        on conflict (room_id, user_id) do update set rev = excluded.rev, left_at = now()
      )
      select ruling.refusal, bumped.rev from ruling left join bumped on true
    `;
    if (!outcome) throw problem("room-not-found");
    if (outcome.refusal) throw problem(outcome.refusal);

    const { rev } = outcome;
    if (rev !== null) {
      const event = { roomId, rev, participant: { userId, role: null } };
      publish<ChatEvent>(redis, { rooms: [roomId], users: [userId] }, { type: "participant.changed", ...event });
    }
    return c.body(null, 204);
  });

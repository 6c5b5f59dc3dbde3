import { chatDb, directory } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids, json } from "../lib/validate.ts";
import { insertOnce } from "./insert-once.ts";
import { requirePeople } from "./people.ts";
import { managers, subjects } from "./roles.ts";
import { lockedPeople, lockedRoom } from "./room-lock.ts";
import { type ChatEvent, Participant } from "./model.ts";
import { Membership } from "./schema.ts";
import { participantJson } from "./view.ts";

interface Outcome {
  refusal: ProblemName | null;
  isNew: boolean;
  rev: number | null;
  participant: Participant;
}

/**
 * Add somebody to a room or give them another role (201 or 200, by `mayManage`); with one's own id, join a public room.
 * Without `role`, a newcomer is a member and everybody else stays what they are.
 */
export default fn({
  needs: [chatDb, directory, redis],
  answers: { 201: Participant, 200: Participant },
  problems: ["not-allowed", "direct-room", "last-owner", "account-deactivated"],
})
  .put("/api/rooms/:roomId/participants/:userId", signedIn, ids, limited("write"), json(Membership), async (c) => {
    const { sql, directory, redis, me } = c.var;
    const { roomId, userId } = c.req.param();
    const { role = null } = c.req.valid("json");
    if (userId !== me.id) await requirePeople(directory, [userId], "userId");

    const open = sql`(room_type = 'public' and require_active(${me.id}))`;
    const [outcome] = await insertOnce("room_participants_pkey", () =>
      sql<[Outcome?]>`
      with ${lockedRoom(sql, roomId, me.id, open)}, ${lockedPeople(sql, me.id, userId)}, facts as (
        select room.id, room.room_type, actor.role as actor_role, subject.role as subject_role,
               coalesce(${role}, subject.role, 'member') as wished_role,
               (select count(*) from people where people.role = 'owner') as owners
          from room
          left join people as actor on actor.user_id = ${me.id}
          left join people as subject on subject.user_id = ${userId}
      ), ruling as (
        select id, wished_role, subject_role, case
                 when actor_role is null and room_type <> 'public' then 'room-not-found'
                 when room_type = 'direct' then 'direct-room'
                 when actor_role is null and ${userId} <> ${me.id} then 'not-allowed'
                 when subject_role = wished_role then null
                 when actor_role is null and ${userId} = ${me.id} and wished_role = 'member' then null
                 when (actor_role, wished_role) not in (select * from unnest(${managers}::text[], ${subjects}::text[]))
                   or actor_role is null then 'not-allowed'
                 when (actor_role, subject_role) not in (select * from unnest(${managers}::text[], ${subjects}::text[]))
                   then 'not-allowed'
                 when subject_role = 'owner' and owners = 1 then 'last-owner'
               end as refusal
          from facts
      ), bumped as (
        update rooms set rev = rev + 1, updated_at = now()
          from ruling
         where rooms.id = ruling.id and refusal is null and subject_role is distinct from wished_role
        returning rooms.id, rooms.rev, rooms.last_seq, ruling.wished_role, ruling.subject_role
      ), added as (
        insert into room_participants (room_id, user_id, role, last_read_seq, rev)
        select id, ${userId}, wished_role, last_seq, rev from bumped where subject_role is null
        returning *
      ), changed as (
        update room_participants as person set role = wished_role, rev = bumped.rev
          from bumped
         where person.room_id = bumped.id and person.user_id = ${userId} and subject_role is not null
        returning person.*
      ), saved as (
        select * from added union all select * from changed
      ), returned as (
        delete from room_departures using bumped
         where room_departures.room_id = bumped.id and room_departures.user_id = ${userId}
      ), now_there as (
        select room_id, user_id, role, joined_at, last_read_seq, last_read_at, rev from saved
         union all
        select room_id, user_id, role, joined_at, last_read_seq, last_read_at, null from people
         where user_id = ${userId} and not exists (select from saved)
      )
      select ruling.refusal, ruling.subject_role is null as is_new, now_there.rev,
             ${participantJson(sql, "now_there")} as participant
        from ruling left join now_there on true
    `);
    if (!outcome) throw problem("room-not-found");
    if (outcome.refusal) throw problem(outcome.refusal);

    const { rev, participant, isNew } = outcome;
    if (rev !== null) {
      const to = { rooms: [roomId], users: [userId] };
      publish<ChatEvent>(redis, to, { type: "participant.changed", roomId, rev, participant });
    }
    return c.json(participant, isNew ? 201 : 200);
  });

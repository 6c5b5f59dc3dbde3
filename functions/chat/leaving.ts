import type { Sql } from "postgres";
import type { Change, Participant } from "./model.ts";
import { Role } from "./schema.ts";
import { participantJson } from "./view.ts";

/**
 * End every membership of somebody who is leaving for good: yields the changes this makes, in each room's order. Where
 * they were the only owner, the most powerful of the others, the longest there first, becomes one, which is a change of
 * its own; a room that would be empty is deleted. Each room is left by itself, so nobody waits for more than one, and a
 * repetition finishes what was cut off. From the first moment on, nobody adds them to a room again.
 */
export async function* leaveEverything(sql: Sql, userId: string): AsyncGenerator<Change> {
  await sql`
    with alone as (select pg_advisory_xact_lock(person_lock(${userId})))
    insert into former_users (user_id) select ${userId} from alone on conflict do nothing
  `;
  const rooms = await sql<{ roomId: string }[]>`
    select room_id from room_participants as mine
     where user_id = ${userId}
     order by exists (
       select from room_participants as other where other.room_id = mine.room_id and other.user_id <> ${userId}) desc
  `;
  for (const { roomId } of rooms) yield* await leave(sql, roomId, userId);
}

interface Left {
  rev: number;
  heir: Participant | null;
  isDeleted: boolean;
}

async function leave(sql: Sql, roomId: string, userId: string): Promise<Change[]> {
  const left = await sql.begin(async (sql) => {
    await sql`select from rooms where id = ${roomId} for no key update`;
    // The lock is held, so this statement's snapshot has all that matters.
    const [left] = await sql<[Left?]>`
      with mine as (
        select room_id from room_participants where room_id = ${roomId} and user_id = ${userId}
      ), others as (
        select person.* from mine join room_participants as person using (room_id) where person.user_id <> ${userId}
      ), successor as (
        select user_id from others
         where not exists (select from others where role = 'owner')
         order by array_position(${Role.options}::text[], role), joined_at, user_id
         limit 1
      ), deleted as (
        delete from rooms using mine
         where rooms.id = mine.room_id and not exists (select from others)
        returning rooms.id, rooms.rev + 1 as rev
      ), remembered as (
        insert into deleted_rooms (id, rev) select id, rev from deleted
      ), bumped as (
        update rooms set rev = rev + 1 + (select count(*) from successor), updated_at = now()
          from mine
         where rooms.id = mine.room_id and exists (select from others)
        returning rooms.id, rooms.rev
      ), gone as (
        delete from room_participants as person using bumped
         where person.room_id = bumped.id and person.user_id = ${userId}
      ), heir as (
        update room_participants as person set role = 'owner', rev = bumped.rev
          from bumped, successor
         where person.room_id = bumped.id and person.user_id = successor.user_id
        returning person.*
      ), departed as (
        insert into room_departures (room_id, user_id, rev)
        select id, ${userId}, rev - (select count(*) from successor) from bumped
        on conflict (room_id, user_id) do update set rev = excluded.rev, left_at = now()
      )
      select bumped.rev, false as is_deleted,
             case when heir.user_id is not null then ${participantJson(sql, "heir")} end as heir
        from bumped left join heir on true
       union all
      select rev, true, null from deleted
    `;
    return left;
  });
  return left ? changesOf(left, roomId, userId) : [];
}

function changesOf({ rev, heir, isDeleted }: Left, roomId: string, userId: string): Change[] {
  if (isDeleted) return [{ type: "room.deleted", roomId, rev }];
  const participant = { userId, role: null };
  if (!heir) return [{ type: "participant.changed", roomId, rev, participant }];
  return [
    { type: "participant.changed", roomId, rev: rev - 1, participant },
    { type: "participant.changed", roomId, rev, participant: heir },
  ];
}

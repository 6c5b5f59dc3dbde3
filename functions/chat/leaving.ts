import type { Sql } from "postgres";
import type { Change, Participant } from "./model.ts";
import { participantJson } from "./view.ts";

interface Row {
  roomId: string;
  rev: number;
  heir: Participant | null;
  isDeleted: boolean;
}

/**
 * End every membership of somebody who is leaving for good, and remember that they did: the changes this made, in order.
 * Where they were the only owner, the most powerful of the others, the longest there first, becomes one, which is a
 * change of its own; a room that would be empty is deleted. Rooms are locked in the order of their ids, so that two who
 * leave at once do not wait for each other.
 */
export async function leaveEverything(sql: Sql, userId: string): Promise<Change[]> {
  const rows = await sql.begin(async (sql) => {
    await sql`insert into former_users (user_id) values (${userId}) on conflict do nothing`;
    await sql`
      select from rooms
       where id in (select room_id from room_participants where user_id = ${userId})
       order by id
         for no key update
    `;
    // The locks are held, so this statement sees all memberships as they are.
    return await sql<Row[]>`
      with mine as (
        select room_id, role from room_participants where user_id = ${userId}
      ), successor as (
        select distinct on (person.room_id) person.room_id, person.user_id
          from mine join room_participants as person on person.room_id = mine.room_id and person.user_id <> ${userId}
         where mine.role = 'owner'
           and not exists (
             select from room_participants as owner
              where owner.room_id = mine.room_id and owner.user_id <> ${userId} and owner.role = 'owner')
         order by person.room_id, array_position(array['admin', 'member'], person.role), person.joined_at, person.user_id
      ), emptied as (
        select room_id from mine
         where not exists (
           select from room_participants as other
            where other.room_id = mine.room_id and other.user_id <> ${userId})
      ), deleted as (
        delete from rooms using emptied where rooms.id = emptied.room_id
        returning rooms.id, rooms.rev + 1 as rev
      ), remembered as (
        insert into deleted_rooms (id, rev) select id, rev from deleted
      ), bumped as (
        update rooms
           set rev = rev + case when rooms.id in (select room_id from successor) then 2 else 1 end, updated_at = now()
          from mine
         where rooms.id = mine.room_id and rooms.id not in (select room_id from emptied)
        returning rooms.id, rooms.rev
      ), gone as (
        delete from room_participants as person using bumped
         where person.room_id = bumped.id and person.user_id = ${userId}
      ), heir as (
        update room_participants as person set role = 'owner', rev = bumped.rev
          from successor join bumped on bumped.id = successor.room_id
         where person.room_id = successor.room_id and person.user_id = successor.user_id
        returning person.*
      ), departed as (
        insert into room_departures (room_id, user_id, rev)
        select bumped.id, ${userId}, bumped.rev - (case when heir.user_id is null then 0 else 1 end)
          from bumped left join heir on heir.room_id = bumped.id
        on conflict (room_id, user_id) do update set rev = excluded.rev, left_at = now()
      )
      select bumped.id as room_id, bumped.rev, false as is_deleted,
             case when heir.user_id is not null then ${participantJson(sql, "heir")} end as heir
        from bumped left join heir on heir.room_id = bumped.id
       union all
      select id, rev, true, null from deleted
    `;
  });
  return rows.flatMap((row) => changesOf(row, userId));
}

function changesOf({ roomId, rev, heir, isDeleted }: Row, userId: string): Change[] {
  if (isDeleted) return [{ type: "room.deleted", roomId, rev }];
  const left = { userId, role: null };
  if (!heir) return [{ type: "participant.changed", roomId, rev, participant: left }];
  return [
    { type: "participant.changed", roomId, rev: rev - 1, participant: left },
    { type: "participant.changed", roomId, rev, participant: heir },
  ];
}

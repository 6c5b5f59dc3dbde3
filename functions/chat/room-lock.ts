import type { ISql as Sql } from "postgres";

/**
 * CTEs that every statement which changes a room begins with. The room's row is the one lock and is taken first; what is
 * locked after it is read as it is, and not as it was when the statement began to wait.
 */

/** `room`: its row, if the caller is in it, or `orIf` holds. */
export const lockedRoom = (sql: Sql, roomId: string, userId: string, orIf = sql`false`) =>
  sql`
    room as (
      select * from rooms
       where id = ${roomId}
         and (exists (select from room_participants where room_id = ${roomId} and user_id = ${userId}) or ${orIf})
         for no key update
    )
  `;

/** `room`, and `member`, the caller's own row in it. No row: not in the room. */
export const lockedBy = (sql: Sql, roomId: string, userId: string) =>
  sql`
    ${lockedRoom(sql, roomId, userId)}, member as (
      select participant.room_id, participant.user_id, participant.role, participant.last_read_seq
        from room_participants as participant, room
       where participant.room_id = room.id and participant.user_id = ${userId}
         for no key update of participant
    )
  `;

/** After `lockedBy`: `message`, the room's message of this id. */
export const lockedMessage = (sql: Sql, messageId: string) =>
  sql`
    message as (
      select message.*
        from messages as message, member
       where message.id = ${messageId} and message.room_id = member.room_id
         for no key update of message
    )
  `;

/** After `lockedRoom`: `people`, the rows of these two and of all owners. */
export const lockedPeople = (sql: Sql, one: string, other: string) =>
  sql`
    people as (
      select person.*
        from room_participants as person, room
       where person.room_id = room.id and (person.user_id in (${one}, ${other}) or person.role = 'owner')
         for no key update of person
    )
  `;

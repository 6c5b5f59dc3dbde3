import type { ISql as Sql } from "postgres";

/**
 * The first two CTEs of every statement that changes a room: `room`, its row locked, if the caller is in it; and
 * `member`, the caller's own row. The lock comes first, so both are read as they are and not as they were when the
 * statement began to wait; whatever else is locked after it is fresh, too. No row: not in the room.
 */
export const lockedBy = (sql: Sql, roomId: string, userId: string) =>
  sql`
    room as (
      select * from rooms
       where id = ${roomId}
         and exists (select from room_participants where room_id = ${roomId} and user_id = ${userId})
         for no key update
    ), member as (
      select participant.room_id, participant.user_id, participant.role, participant.last_read_seq
        from room_participants as participant, room
       where participant.room_id = room.id and participant.user_id = ${userId}
         for no key update of participant
    )
  `;

/** After `lockedBy`: `message`, the room's message of this id, locked and so fresh. */
export const lockedMessage = (sql: Sql, messageId: string) =>
  sql`
    message as (
      select message.*
        from messages as message, member
       where message.id = ${messageId} and message.room_id = member.room_id
         for no key update of message
    )
  `;

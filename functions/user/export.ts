import type { PendingQuery, Row, Sql } from "postgres";
import type { ExportLine } from "./model.ts";

/** Rows read at a time: an export holds this much memory, and no connection while its reader is slow. */
const pageSize = 500;

type Line = Exclude<ExportLine, { type: "end" }>;
type Read = (after: Row | undefined) => PendingQuery<Row[]>;

/** The ids a list begins with when it is sorted by them. */
const first = "00000000-0000-0000-0000-000000000000";

/** What we hold, kind by kind: how to read the rows after one, each list by its key. */
function kinds(users: Sql, chat: Sql, userId: string): Record<Line["type"], Read> {
  const idAfter = (after: Row | undefined, key: string): string => after?.[key] ?? first;

  return {
    profile: (after) =>
      users`
        select users.id, username, email, is_verified, users.created_at, users.updated_at, profile.display_name,
               profile.bio, profile.avatar_url, profile.status, profile.phone_number, profile.last_seen
          from users join user_profiles as profile on profile.user_id = users.id
         where users.id = ${userId} and users.id > ${idAfter(after, "id")}
      `,
    contact: (after) =>
      users`
        select contact_id, nickname, added_at from contacts
         where user_id = ${userId} and contact_id > ${idAfter(after, "contactId")}
         order by contact_id
         limit ${pageSize}
      `,
    membership: (after) =>
      chat`
        select room_id, rooms.name, rooms.room_type, rooms.created_by = ${userId} as is_creator, role, joined_at,
               last_read_seq, last_read_at
          from room_participants join rooms on rooms.id = room_id
         where user_id = ${userId} and room_id > ${idAfter(after, "roomId")}
         order by room_id
         limit ${pageSize}
      `,
    departure: (after) =>
      chat`
        select room_id, left_at from room_departures
         where user_id = ${userId} and room_id > ${idAfter(after, "roomId")}
         order by room_id
         limit ${pageSize}
      `,
    message: (after) =>
      inKnownRooms(
        after,
        chat`
          select id, room_id, content, message_type, reply_to, created_at, updated_at, deleted_at, seq
            from messages as message
           where message.room_id = known.room_id and sender_id = ${userId}
        `,
      ),
    reaction: (after) => {
      const [messageId, emoji] = [idAfter(after, "messageId"), after?.["emoji"] ?? ""];
      return chat`
        select message_id, emoji, created_at, removed_at from reactions
         where user_id = ${userId} and (message_id, emoji) > (${messageId}::uuid, ${emoji})
         order by message_id, emoji
         limit ${pageSize}
      `;
    },
    read: (after) =>
      inKnownRooms(
        after,
        chat`
          select message.room_id, message.seq, message_id, read_at
            from messages as message join message_reads on message_id = message.id and user_id = ${userId}
           where message.room_id = known.room_id
        `,
      ),
  };

  /** Message by message, by the rooms one is or was in: a list by person would have to be kept at every send and read. */
  function inKnownRooms(after: Row | undefined, rowsOfRoom: PendingQuery<Row[]>) {
    const [roomId, seq] = [idAfter(after, "roomId"), after?.["seq"] ?? 0];
    return chat`
      with known as (
        select room_id from room_participants where user_id = ${userId}
         union
        select room_id from room_departures where user_id = ${userId}
      )
      select found.*
        from known, lateral (
               ${rowsOfRoom} and (message.room_id, message.seq) > (${roomId}::uuid, ${seq}::bigint)
               order by message.seq
               limit ${pageSize}
             ) as found
       order by room_id, seq
       limit ${pageSize}
    `;
  }
}

/** Every row we hold on somebody, read page by page as it is asked for. */
export async function* exportOf(users: Sql, chat: Sql, userId: string): AsyncGenerator<Line, void> {
  for (const [type, read] of Object.entries(kinds(users, chat, userId)) as [Line["type"], Read][]) {
    let rows: Row[] | undefined;
    do {
      rows = await read(rows?.at(-1));
      for (const row of rows) yield { type, row };
    } while (rows.length === pageSize);
  }
}

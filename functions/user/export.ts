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
      chat`
        select id, room_id, content, message_type, reply_to, created_at, updated_at, deleted_at, seq from messages
         where sender_id = ${userId} and id > ${idAfter(after, "id")}
         order by id
         limit ${pageSize}
      `,
    reaction: (after) => {
      const [messageId, emoji] = [idAfter(after, "messageId"), after?.["emoji"] ?? ""];
      return chat`
        select message_id, emoji, created_at, removed_at from reactions
         where user_id = ${userId} and (message_id, emoji) > (${messageId}::uuid, ${emoji})
         order by message_id, emoji
         limit ${pageSize}
      `;
    },
    // By the rooms one is or was in: a list by person would have to be kept at every read, for this alone.
    read: (after) => {
      const [roomId, seq] = [idAfter(after, "roomId"), after?.["seq"] ?? 0];
      return chat`
        with known as (
          select room_id from room_participants where user_id = ${userId}
           union
          select room_id from room_departures where user_id = ${userId}
        )
        select read.* from known, lateral (
                 select messages.room_id, messages.seq, message_id, read_at
                   from messages join message_reads on message_id = messages.id and user_id = ${userId}
                  where messages.room_id = known.room_id
                    and (messages.room_id, messages.seq) > (${roomId}::uuid, ${seq}::bigint)
                  order by messages.seq
                  limit ${pageSize}
               ) as read
         order by room_id, seq
         limit ${pageSize}
      `;
    },
  };
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

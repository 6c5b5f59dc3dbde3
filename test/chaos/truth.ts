import type { Sql } from "postgres";
import type { Database, MessageRecord } from "./check/record.ts";
import type { Sight } from "./clients/device.ts";

/** Where one room stands for one person in it. */
export interface Head {
  roomId: string;
  userId: string;
  rev: number;
  unread: number;
}

/** Where each room stands for each person in it. */
export const headsOf = (sql: Sql): Promise<Head[]> =>
  sql<Head[]>`
    select mine.room_id, mine.user_id, rooms.rev::int, (rooms.last_seq - mine.last_read_seq)::int as unread
      from room_participants as mine
      join rooms on rooms.id = mine.room_id
  `;

/** Everything that the database holds, for the checker. */
export async function readDatabase(sql: Sql): Promise<Database> {
  const messages = await sql<(MessageRecord & { roomId: string })[]>`
    select id, room_id, sender_id, content, seq::int, rev::int,
           to_char(deleted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as deleted_at,
           case when deleted_at is not null then '{}' else array(
             select emoji || ' ' || user_id from reactions
              where message_id = messages.id and removed_at is null
           ) end as reactions
      from messages
     order by seq
  `;
  const participants = await sql<{ roomId: string; userId: string; role: string; lastReadSeq: number }[]>`
    select room_id, user_id, role, last_read_seq::int from room_participants
  `;
  const rooms = await sql<{ id: string; rev: number; lastSeq: number }[]>`
    select id, rev::int, last_seq::int from rooms
  `;
  return rooms.map((room) => ({
    ...room,
    participants: participants.filter(({ roomId }) => roomId === room.id),
    messages: messages.filter(({ roomId }) => roomId === room.id)
      .map(({ roomId: _, ...message }) => ({ ...message, reactions: [...message.reactions ?? []].sort() })),
  }));
}

/** The rooms that somebody's client shows elsewhere than where they stand; empty when it has caught up. */
export function behind(heads: readonly Head[], userId: string, sights: readonly Sight[]): string[] {
  const mine = heads.filter((head) => head.userId === userId);
  const late = mine.filter(({ roomId, rev, unread }) =>
    !sights.some(({ id, lastSeq, lastReadSeq, ...room }) =>
      id === roomId && room.rev === rev && lastSeq - lastReadSeq === unread
    )
  );
  const left = sights.filter(({ id }) => !mine.some(({ roomId }) => roomId === id));
  return [...late.map(({ roomId }) => roomId), ...left.map(({ id }) => id)];
}

import type { Sql } from "postgres";
import type { Hello } from "./model.ts";

/** Where one room stands for one person. */
export type Head = Hello["rooms"][number];

/** Where the rooms of these people stand now: one statement, however many listen. */
export async function headsOf(sql: Sql, userIds: string[]): Promise<Map<string, Head[]>> {
  const rows = await sql<(Head & { userId: string })[]>`
    select mine.user_id, room.id, room.rev, room.last_seq, mine.last_read_seq
      from room_participants as mine
      join rooms as room on room.id = mine.room_id
     where mine.user_id = any(${userIds}::uuid[])
  `;
  const heads = new Map<string, Head[]>();
  for (const { userId, ...head } of rows) {
    const mine = heads.get(userId);
    if (mine) mine.push(head);
    else heads.set(userId, [head]);
  }
  return heads;
}

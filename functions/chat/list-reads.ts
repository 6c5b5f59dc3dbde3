import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids, query } from "../lib/validate.ts";
import { ReadList } from "./model.ts";
import { Position, position } from "./position.ts";
import { ReadPage } from "./schema.ts";

interface Row {
  isThere: boolean;
  userId: string | null;
  readAt: string;
  position: string;
}

/**
 * Who has read a message but its sender, and when, the earliest first: 200 with a page and the next cursor. Noted per
 * message while the room is small; in a crowd, and where a marker jumped over more than is noted, it derives from the
 * markers of who was there when it was sent, and the time is when they last read: who reads on between two pages may stand on both.
 */
export default fn({ needs: [chatDb], answers: { 200: ReadList } })
  .get("/api/rooms/:roomId/messages/:messageId/reads", signedIn, ids, query(ReadPage), async (c) => {
    const { sql, me } = c.var;
    const { roomId, messageId } = c.req.param();
    const { cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];

    const rows = await sql<Row[]>`
      with member as (
        select room_id from room_participants where room_id = ${roomId} and user_id = ${me.id}
      ), message as (
        select messages.* from messages join member using (room_id) where messages.id = ${messageId}
      ), noted as (
        select message_reads.user_id, message_reads.read_at
          from message_reads join message on message.id = message_reads.message_id
      ), passed as (
        select person.user_id, person.last_read_at
          from room_participants as person join message using (room_id)
         where person.last_read_seq >= message.seq and person.joined_at <= message.created_at
           and person.user_id <> message.sender_id and person.last_read_at is not null
      ), reads as (
        select user_id, coalesce(noted.read_at, passed.last_read_at) as read_at
          from noted full join passed using (user_id)
      ), page as (
        select * from reads
         where ${time}::text is null or (read_at, user_id) > (${time}::text::timestamptz, ${id}::uuid)
         order by read_at, user_id
         limit ${limit + 1}
      )
      select exists (select from message) as is_there, page.user_id, page.read_at,
             ${position(sql, "page", "read_at")} as position
        from member left join page on true
       order by page.read_at, page.user_id
    `;
    if (rows.length === 0) throw problem("room-not-found");
    if (!rows[0]!.isThere) throw problem("message-not-found");

    const found = rows.filter((row): row is Row & { userId: string } => row.userId !== null);
    const reads = found.slice(0, limit).map(({ userId, readAt }) => ({ userId, readAt }));
    return c.json({ reads, cursor: nextCursor(found, limit, (row) => [row.position, row.userId]) }, 200);
  });

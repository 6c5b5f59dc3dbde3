import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { FoundMessageList, type Message } from "./model.ts";
import { Position, position } from "./position.ts";
import { MessageSearch } from "./schema.ts";
import { messageColumns } from "./view.ts";

/**
 * Messages of the caller's rooms, or of one of them, by words in them; the last word may be the beginning of one. 200
 * with a page, the newest first, and the next cursor. A room the caller is not in has nothing to be found.
 */
export default fn({ needs: [chatDb], answers: { 200: FoundMessageList }, problems: ["account-deactivated"] })
  .get("/api/messages/search", signedIn, limited("search"), query(MessageSearch), async (c) => {
    const { sql, me } = c.var;
    const { q, roomId = null, cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];

    // Where a query ends with a word, which Postgres prints in quotes, ":*" makes that a prefix. No words find nothing.
    const rows = await sql<(Message & { position: string })[]>`
      with asked as (
        select regexp_replace(websearch_to_tsquery('simple', ${q})::text, '''$', ''':*')::tsquery as words
         where require_active(${me.id})
      )
      select ${messageColumns(sql, "message")}, ${position(sql, "message", "created_at")} as position
        from asked
        join messages as message on to_tsvector('simple', message.content) @@ asked.words
        join room_participants as mine on mine.room_id = message.room_id and mine.user_id = ${me.id}
       where (${roomId}::uuid is null or message.room_id = ${roomId})
         and (${time}::text is null or (message.created_at, message.id) < (${time}::text::timestamptz, ${id}::uuid))
       order by message.created_at desc, message.id desc
       limit ${limit + 1}
    `;
    return c.json({
      messages: rows.slice(0, limit).map(({ position: _, ...message }): Message => message),
      cursor: nextCursor(rows, limit, (row) => [row.position, row.id]),
    }, 200);
  });

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

/** Whether a search ends in the middle of a word: neither behind a quotation nor in a word that must not be there. */
const endsInWord = (q: string) => /(^|\s)[\p{L}\p{N}]+$/u.test(q);

/**
 * Messages of the caller's rooms, or of one of them, by words in them; the last word may be the beginning of one. 200
 * with a page, the newest first, and the next cursor. A room the caller is not in has nothing to be found, and words that
 * must not be there find nothing by themselves.
 */
export default fn({ needs: [chatDb], answers: { 200: FoundMessageList }, problems: ["account-deactivated"] })
  .get("/api/messages/search", signedIn, limited("search"), query(MessageSearch), async (c) => {
    const { sql, me } = c.var;
    const { q, roomId = null, cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];
    const prefix = endsInWord(q) ? ":*" : "";

    // Where a query ends with a word, Postgres prints that in quotes. Room by room, so that the index is asked for the
    // caller's rooms and never for everybody's messages.
    const rows = await sql<(Message & { position: string })[]>`
      with asked as (
        select regexp_replace(websearch_to_tsquery('simple', ${q})::text, '''$', '''' || ${prefix}::text)::tsquery as words
         where require_active(${me.id})
      ), found as (
        select message.*
          from asked, room_participants as mine, lateral (
                 select * from messages
                  where room_id = mine.room_id and to_tsvector('simple', content) @@ asked.words
                    and (${time}::text is null or (created_at, id) < (${time}::text::timestamptz, ${id}::uuid))
                  order by created_at desc, id desc
                  limit ${limit + 1}
               ) as message
         where mine.user_id = ${me.id} and (${roomId}::uuid is null or mine.room_id = ${roomId})
           and querytree(asked.words) not in ('', 'T')
      )
      select ${messageColumns(sql, "message")}, ${position(sql, "message", "created_at")} as position
        from found as message
       order by message.created_at desc, message.id desc
       limit ${limit + 1}
    `;
    return c.json({
      messages: rows.slice(0, limit).map(({ position: _, ...message }): Message => message),
      cursor: nextCursor(rows, limit, (row) => [row.position, row.id]),
    }, 200);
  });

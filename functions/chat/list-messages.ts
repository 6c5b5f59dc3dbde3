import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids, query } from "../lib/validate.ts";
import { type Message, MessageList } from "./model.ts";
import { MessagePage } from "./schema.ts";
import { messageJson } from "./view.ts";

/**
 * A page of a room's history in the order of seq: 200 with the newest messages, or those next to `before` or `after`.
 * `rev` is the room's when the page was read; `hasMore` says whether history goes on in the direction asked for.
 */
export default fn({ needs: [chatDb], answers: { 200: MessageList }, scale: { hot: true }, wokenAt: "visit" })
  .get("/api/rooms/:roomId/messages", signedIn, ids, query(MessagePage), async (c) => {
    const { sql, me } = c.var;
    const { before = null, after = null, limit } = c.req.valid("query");
    const direction = after === null ? sql`desc` : sql`asc`;

    const [page] = await sql<[{ rev: number; messages: Message[] }?]>`
      select room.rev, (
               select coalesce(json_agg(${messageJson(sql, "message")}), '[]')
                 from (
                   select * from messages
                    where room_id = room.id
                      and (${before}::bigint is null or seq < ${before})
                      and (${after}::bigint is null or seq > ${after})
                    order by seq ${direction}
                    limit ${limit + 1}
                 ) as message
             ) as messages
        from rooms as room
        join room_participants as mine on mine.room_id = room.id and mine.user_id = ${me.id}
       where room.id = ${c.req.param("roomId")}
    `;
    if (!page) throw problem("room-not-found");

    const messages = page.messages.slice(0, limit).sort((a, b) => a.seq - b.seq);
    return c.json({ messages, rev: page.rev, hasMore: page.messages.length > limit }, 200);
  });

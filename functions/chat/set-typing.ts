import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import type { ChatEvent } from "./model.ts";
import { crowd } from "./reads.ts";

/** Tell the others in a room that one is writing: 204. Nothing is stored, and in a crowd nobody is told. */
export default fn({ needs: [chatDb, redis], answers: { 204: null } })
  .post("/api/rooms/:roomId/typing", signedIn, ids, limited("write"), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId } = c.req.param();

    const [room] = await sql<[{ participants: number }?]>`
      select (
               select count(*)
                 from (select from room_participants where room_id = ${roomId} limit ${crowd + 1}) as person
             ) as participants
        from room_participants
       where room_id = ${roomId} and user_id = ${me.id}
    `;
    if (!room) throw problem("room-not-found");

    const isCrowd = room.participants > crowd;
    if (!isCrowd) publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "typing", roomId, userId: me.id });
    return c.body(null, 204);
  });

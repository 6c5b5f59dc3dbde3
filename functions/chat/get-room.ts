import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import { type Participant, type Room, RoomWithParticipants } from "./model.ts";
import { participantJson, roomColumns, roomsOf } from "./view.ts";

/** One of the caller's rooms with its participants, the first 200 by when they joined, as of its `rev`: 200. */
export default fn({ needs: [chatDb], answers: { 200: RoomWithParticipants }, wokenAt: "visit" })
  .get("/api/rooms/:roomId", signedIn, ids, async (c) => {
    const { sql, me } = c.var;
    const [room] = await sql<[(Room & { participants: Participant[] })?]>`
      select ${roomColumns(sql)}, (
               select json_agg(${participantJson(sql, "person")})
                 from (
                   select * from room_participants
                    where room_id = room.id
                    order by joined_at, user_id
                    limit 200
                 ) as person
             ) as participants
        from ${roomsOf(sql, me.id)}
       where room.id = ${c.req.param("roomId")}
    `;
    if (!room) throw problem("room-not-found");
    return c.json(room, 200);
  });

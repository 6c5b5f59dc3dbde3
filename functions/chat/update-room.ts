import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids, json } from "../lib/validate.ts";
import { type ChatEvent, Room } from "./model.ts";
import { lockedBy } from "./room-lock.ts";
import { rights, RoomChange } from "./schema.ts";
import { roomColumns } from "./view.ts";

/** Change a room's name or description (by `rights`): 200 with the room. What is left out stays, null clears. */
export default fn({
  needs: [chatDb, redis],
  answers: { 200: Room },
  problems: ["not-allowed", "direct-room"],
})
  .patch("/api/rooms/:roomId", signedIn, ids, limited("write"), json(RoomChange), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId } = c.req.param();
    const wish = c.req.valid("json");
    const { name = null, description = null } = wish;
    const keepsDescription = wish.description === undefined;

    const [outcome] = await sql<[(Room & { refusal: ProblemName | null; isChanged: boolean })?]>`
      with ${lockedBy(sql, roomId, me.id)}, wish as (
        select room.id, coalesce(${name}, room.name) as name,
               case when ${keepsDescription} then room.description else ${description} end as description
          from room
      ), ruling as (
        select room.id, (wish.name, wish.description) is distinct from (room.name, room.description) as is_changed, case
                 when room.room_type = 'direct' then 'direct-room'
                 when member.role <> all(${rights["update-room"]}::text[]) then 'not-allowed'
               end as refusal
          from room, member, wish
      ), changed as (
        update rooms
           set rev = rev + 1, settings_rev = rev + 1, updated_at = now(), name = wish.name, description = wish.description
          from ruling, wish
         where rooms.id = ruling.id and ruling.refusal is null and ruling.is_changed
        returning rooms.*
      ), now_there as (
        select * from changed union all select * from room where not exists (select from changed)
      )
      select ruling.refusal, ruling.is_changed, ${roomColumns(sql)}
        from now_there as room
        join member as mine on true
        join ruling on true
        left join messages as newest on newest.room_id = room.id and newest.seq = room.last_seq
    `;
    if (!outcome) throw problem("room-not-found");
    const { refusal, isChanged, ...room } = outcome;
    if (refusal) throw problem(refusal);

    if (isChanged) {
      const { rev, id, name, description, roomType, updatedAt } = room;
      const settings = { id, name, description, roomType, updatedAt };
      publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "room.updated", roomId, rev, room: settings });
    }
    return c.json(room satisfies Room as Room, 200);
  });

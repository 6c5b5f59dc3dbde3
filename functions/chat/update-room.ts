import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids, json } from "../lib/validate.ts";
import { type ChatEvent, Room, type RoomSettings } from "./model.ts";
import { lockedBy } from "./room-lock.ts";
import { rights, RoomChange } from "./schema.ts";
import { roomColumns, roomsOf } from "./view.ts";

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

    const [outcome] = await sql<[(RoomSettings & { refusal: ProblemName | null; rev: number | null })?]>`
      with ${lockedBy(sql, roomId, me.id)}, wish as (
        select coalesce(${name}, room.name) as name,
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
        returning rooms.id, rooms.name, rooms.description, rooms.room_type, rooms.updated_at, rooms.rev
      )
      select ruling.refusal, changed.* from ruling left join changed on true
    `;
    if (!outcome) throw problem("room-not-found");
    const { refusal, rev, ...settings } = outcome;
    if (refusal) throw problem(refusal);
    if (rev !== null) {
      publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "room.updated", roomId, rev, room: settings });
    }

    // A statement of its own: what waited for the lock does not see the messages that were sent meanwhile.
    const [room] = await sql<[Room?]>`select ${roomColumns(sql)} from ${roomsOf(sql, me.id)} where room.id = ${roomId}`;
    if (!room) throw problem("room-not-found");
    return c.json(room, 200);
  });

import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { containing } from "../lib/like.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { type DiscoveredRoom, DiscoveredRoomList } from "./model.ts";
import { Position, position } from "./position.ts";
import { RoomSearch } from "./schema.ts";

/** Public rooms with these words in their name or description, the one with the latest change first: 200 with a page. */
export default fn({ needs: [chatDb], answers: { 200: DiscoveredRoomList }, problems: ["account-deactivated"] })
  .get("/api/rooms/discover", signedIn, limited("search"), query(RoomSearch), async (c) => {
    const { sql, me } = c.var;
    const { q, cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];
    const pattern = q === undefined ? null : containing(q);

    const rows = await sql<(DiscoveredRoom & { position: string })[]>`
      select room.id, room.name, room.description, room.created_at, room.updated_at,
             (select count(*) from room_participants where room_id = room.id) as participant_count,
             exists (select from room_participants where room_id = room.id and user_id = ${me.id}) as is_member,
             ${position(sql, "room", "updated_at")} as position
        from rooms as room
       where room.room_type = 'public' and require_active(${me.id})
         and (${pattern}::text is null or room.name ilike ${pattern} or room.description ilike ${pattern})
         and (${time}::text is null or (room.updated_at, room.id) < (${time}::text::timestamptz, ${id}::uuid))
       order by room.updated_at desc, room.id desc
       limit ${limit + 1}
    `;
    return c.json({
      rooms: rows.slice(0, limit).map(({ position: _, ...room }): DiscoveredRoom => room),
      cursor: nextCursor(rows, limit, (row) => [row.position, row.id]),
    }, 200);
  });

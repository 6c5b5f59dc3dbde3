import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { type Room, RoomList } from "./model.ts";
import { Position, position } from "./position.ts";
import { RoomPage } from "./schema.ts";
import { roomColumns, roomsOf } from "./view.ts";

/** The caller's rooms, the one with the latest change first: 200 with a page and the cursor of the next one. */
export default fn({
  needs: [chatDb],
  answers: { 200: RoomList },
  problems: ["account-deactivated"],
  scale: { hot: true },
  wokenAt: "visit",
})
  .get("/api/rooms", signedIn, query(RoomPage), async (c) => {
    const { sql, me } = c.var;
    const { cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];

    const rows = await sql<(Room & { position: string })[]>`
      select ${roomColumns(sql)}, ${position(sql, "room", "updated_at")} as position
        from ${roomsOf(sql, me.id)}
       where require_active(${me.id})
         and (${time}::text is null or (room.updated_at, room.id) < (${time}::text::timestamptz, ${id}::uuid))
       order by room.updated_at desc, room.id desc
       limit ${limit + 1}
    `;
    return c.json({
      rooms: rows.slice(0, limit).map(({ position: _, ...room }): Room => room),
      cursor: nextCursor(rows, limit, (row) => [row.position, row.id]),
    }, 200);
  });

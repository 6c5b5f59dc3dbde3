import * as v from "valibot";
import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { Id } from "../lib/schema.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { type Room, RoomPage } from "./schema.ts";
import { roomColumns, roomsOf } from "./view.ts";

const Position = v.tuple([v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/)), Id]);

/** The caller's rooms, the one with the latest change first: 200 with a page and the cursor of the next one. */
export default fn({ needs: [chatDb] })
  .get("/api/rooms", signedIn, query(RoomPage), async (c) => {
    const { sql, me } = c.var;
    const { cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];

    // The cursor holds microseconds as text: a millisecond, which is what a Date and our driver keep, is too coarse.
    const rows = await sql<(Room & { position: string })[]>`
      select ${
      roomColumns(sql)
    }, to_char(room.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
        from ${roomsOf(sql, me.id)}
       where ${time}::text is null or (room.updated_at, room.id) < (${time}::text::timestamptz, ${id}::uuid)
       order by room.updated_at desc, room.id desc
       limit ${limit + 1}
    `;
    return c.json({
      rooms: rows.slice(0, limit).map(({ position: _, ...room }): Room => room),
      cursor: nextCursor(rows, limit, (row) => [row.position, row.id]),
    }, 200);
  });

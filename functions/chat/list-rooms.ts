import * as v from "valibot";
import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { Id } from "../lib/schema.ts";
import { signedIn } from "../lib/session.ts";
import { query } from "../lib/validate.ts";
import { type Room, RoomPage } from "./schema.ts";
import { roomColumns, roomsOf } from "./view.ts";

const Position = v.tuple([v.pipe(v.string(), v.regex(/^[\d: .+-]{10,40}$/)), Id]);

/** The caller's rooms, the one with the latest change first: 200 with a page and the cursor of the next one. */
export default fn({ needs: [chatDb] })
  .get("/api/rooms", signedIn, query(RoomPage), async (c) => {
    const { sql, me } = c.var;
    const { cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];

    // The cursor holds the time as Postgres prints it: a millisecond is too coarse to page by.
    const rows = await sql<(Room & { position: string })[]>`
      select ${roomColumns(sql)}, room.updated_at::text as position
        from ${roomsOf(sql, me.id)}
       where ${time}::timestamptz is null or (room.updated_at, room.id) < (${time}::timestamptz, ${id}::uuid)
       order by room.updated_at desc, room.id desc
       limit ${limit + 1}
    `;
    return c.json({
      rooms: rows.slice(0, limit).map(({ position: _, ...room }): Room => room),
      cursor: nextCursor(rows, limit, (row) => [row.position, row.id]),
    }, 200);
  });

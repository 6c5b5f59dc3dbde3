import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids, query } from "../lib/validate.ts";
import { type Change, ChangePage, type Message, type Role, type RoomSettings } from "./schema.ts";
import { messageJson } from "./view.ts";

interface Row extends RoomSettings {
  head: number;
  rev: number | null;
  message: Message | null;
  userId: string | null;
  role: Role | null;
}

/**
 * Everything that changed in a room after `since`, in rev order: 200. A thing that changed twice stands at its last
 * change only, as it is now, so revs may skip; `rev` is where the caller stands after this page. `truncated` means that
 * the caller knows a rev this room never had: load the room anew.
 */
export default fn({ needs: [chatDb] })
  .get("/api/rooms/:roomId/changes", signedIn, ids, query(ChangePage), async (c) => {
    const { sql, me } = c.var;
    const { roomId } = c.req.param();
    const { since, limit } = c.req.valid("query");

    // One snapshot of the room and its changes. Several may share a rev (a room is made with its people): never split.
    const rows = await sql<Row[]>`
      select room.rev as head, room.id, room.name, room.description, room.room_type, room.updated_at,
             change.rev, change.user_id, person.role, ${messageJson(sql, "message")} as message
        from rooms as room
        join room_participants as mine on mine.room_id = room.id and mine.user_id = ${me.id}
        left join lateral (
          (select rev, id as message_id, null::uuid as user_id from messages
            where room_id = room.id and rev > ${since} order by rev fetch first ${limit} rows with ties)
          union all
          select rev, null, user_id from room_participants where room_id = room.id and rev > ${since}
          union all
          select rev, null, user_id from room_departures where room_id = room.id and rev > ${since}
          union all
          select room.settings_rev, null, null where room.settings_rev > ${since}
          order by rev
          fetch first ${limit} rows with ties
        ) as change on true
        left join messages as message on message.id = change.message_id
        left join room_participants as person on person.room_id = room.id and person.user_id = change.user_id
       where room.id = ${roomId}
       order by change.rev, change.user_id nulls first
    `;
    const [first] = rows;
    if (!first) throw problem("room-not-found");

    const changes = rows.filter(({ rev }) => rev !== null).map((row) => changeOf(roomId, row));
    const hasMore = changes.length >= limit && changes.at(-1)!.rev < first.head;
    const rev = hasMore ? changes.at(-1)!.rev : first.head;
    return c.json({ changes, rev, hasMore, truncated: since > first.head }, 200);
  });

function changeOf(roomId: string, row: Row): Change {
  const { message, userId, role, id, name, description, roomType, updatedAt } = row;
  const rev = row.rev!;
  if (message) {
    const what = message.deletedAt ? "deleted" : message.createdAt === message.updatedAt ? "created" : "updated";
    return { type: `message.${what}`, roomId, rev, message };
  }
  if (userId) return { type: "participant.changed", roomId, rev, participant: { userId, role } };
  const type = rev === 1 ? "room.created" : "room.updated";
  return { type, roomId, rev, room: { id, name, description, roomType, updatedAt } };
}

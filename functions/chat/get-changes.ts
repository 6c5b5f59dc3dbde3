import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids, query } from "../lib/validate.ts";
import { type Change, ChangeList, type Message, type Participant, type RoomSettings } from "./model.ts";
import { ChangePage } from "./schema.ts";
import { messageJson, participantJson } from "./view.ts";

interface Row extends RoomSettings {
  head: number;
  rev: number | null;
  message: Message | null;
  reaction: Extract<Change, { type: "reaction.changed" }>["reaction"] | null;
  userId: string | null;
  participant: Participant | null;
}

/**
 * Everything that changed in a room after `since`, in rev order: 200. A thing that changed twice stands at its last
 * change only, as it is now, so revs may skip; `rev` is where the caller stands after this page. `truncated` means that
 * the caller knows a rev this room never had: load the room anew.
 */
export default fn({ needs: [chatDb], answers: { 200: ChangeList }, scale: { hot: true } })
  .get("/api/rooms/:roomId/changes", signedIn, ids, query(ChangePage), async (c) => {
    const { sql, me } = c.var;
    const { roomId } = c.req.param();
    const { since, limit } = c.req.valid("query");

    // One snapshot of the room and its changes. Several may share a rev (a room is made with its people): never split.
    const rows = await sql<Row[]>`
      select room.rev as head, room.id, room.name, room.description, room.room_type, room.updated_at,
             change.rev, change.user_id, change.reaction,
             ${messageJson(sql, "message")} as message,
             case when person.user_id is not null then ${participantJson(sql, "person")} end as participant
        from rooms as room
        join room_participants as mine on mine.room_id = room.id and mine.user_id = ${me.id}
        left join lateral (
          (select rev, id as message_id, null::uuid as user_id, null::json as reaction from messages
            where room_id = room.id and rev > ${since} order by rev limit ${limit})
          union all
          (select reactions.rev, null, null, json_build_object('messageId', message_id, 'userId', user_id,
                  'emoji', emoji, 'isOn', removed_at is null)
             from reactions join messages on messages.id = message_id and messages.deleted_at is null
            where reactions.room_id = room.id and reactions.rev > ${since} order by reactions.rev limit ${limit})
          union all
          (select rev, null, user_id, null from room_participants
            where room_id = room.id and rev > ${since} order by rev fetch first ${limit} rows with ties)
          union all
          (select rev, null, user_id, null from room_departures
            where room_id = room.id and rev > ${since} order by rev limit ${limit})
          union all
          select room.settings_rev, null, null, null where room.settings_rev > ${since}
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
    const { head } = first;
    const hasMore = changes.length >= limit && changes.at(-1)!.rev < head;
    const rev = hasMore ? changes.at(-1)!.rev : head;
    return c.json({ changes, rev, head, hasMore, truncated: since > head }, 200);
  });

function changeOf(roomId: string, row: Row): Change {
  const { message, reaction, userId, participant, id, name, description, roomType, updatedAt } = row;
  const rev = row.rev!;
  if (message) {
    const what = message.deletedAt ? "deleted" : message.createdAt === message.updatedAt ? "created" : "updated";
    return { type: `message.${what}`, roomId, rev, message };
  }
  if (reaction) return { type: "reaction.changed", roomId, rev, reaction };
  if (userId) return { type: "participant.changed", roomId, rev, participant: participant ?? { userId, role: null } };
  const type = rev === 1 ? "room.created" : "room.updated";
  return { type, roomId, rev, room: { id, name, description, roomType, updatedAt } };
}

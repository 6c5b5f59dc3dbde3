import { nextCursor, parseCursor } from "../lib/cursor.ts";
import { chatDb } from "../lib/database.ts";
import { fn } from "../lib/fn.ts";
import { problem } from "../lib/problem.ts";
import { signedIn } from "../lib/session.ts";
import { ids, query } from "../lib/validate.ts";
import { type Participant, ParticipantList } from "./model.ts";
import { Position, position } from "./position.ts";
import { ParticipantPage } from "./schema.ts";
import { participantJson } from "./view.ts";

interface Page {
  rev: number;
  people: { participant: Participant; position: string }[];
}

/** Who is in a room, the longest there first: 200 with a page, the room's rev when it was read, and the next cursor. */
export default fn({ needs: [chatDb], answers: { 200: ParticipantList } })
  .get("/api/rooms/:roomId/participants", signedIn, ids, query(ParticipantPage), async (c) => {
    const { sql, me } = c.var;
    const { cursor, limit } = c.req.valid("query");
    const [time, id] = parseCursor(Position, cursor) ?? [null, null];

    const [page] = await sql<[Page?]>`
      select room.rev, (
               select coalesce(json_agg(json_build_object(
                        'participant', ${participantJson(sql, "person")},
                        'position', ${position(sql, "person", "joined_at")}
                      ) order by person.joined_at, person.user_id), '[]')
                 from (
                   select * from room_participants
                    where room_id = room.id
                      and (${time}::text is null or (joined_at, user_id) > (${time}::text::timestamptz, ${id}::uuid))
                    order by joined_at, user_id
                    limit ${limit + 1}
                 ) as person
             ) as people
        from rooms as room
        join room_participants as mine on mine.room_id = room.id and mine.user_id = ${me.id}
       where room.id = ${c.req.param("roomId")}
    `;
    if (!page) throw problem("room-not-found");

    const { rev, people } = page;
    const participants = people.slice(0, limit).map(({ participant }) => participant);
    const next = nextCursor(people, limit, ({ position, participant }) => [position, participant.userId]);
    return c.json({ participants, rev, cursor: next }, 200);
  });

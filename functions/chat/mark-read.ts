import { chatDb } from "../lib/database.ts";
import { type Audience, publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids, json } from "../lib/validate.ts";
import { crowd, maxReads } from "./reads.ts";
import { type ChatEvent, ReadMarkerPlace } from "./model.ts";
import { ReadMarker } from "./schema.ts";

interface Outcome {
  lastReadSeq: number;
  hasMoved: boolean;
  participants: number;
}

/**
 * Move the caller's read marker forward, never back and never past the last message: 200 with where it stands.
 * It takes no rev and no lock on the room. The reader's other devices learn it at once.
 */
export default fn({ needs: [chatDb, redis], answers: { 200: ReadMarkerPlace }, scale: { hot: true }, wokenAt: "visit" })
  .put("/api/rooms/:roomId/read-marker", signedIn, ids, limited("write"), json(ReadMarker), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId } = c.req.param();
    const { seq } = c.req.valid("json");

    const [outcome] = await sql<[Outcome?]>`
      with before as (
        select last_read_seq from room_participants where room_id = ${roomId} and user_id = ${me.id}
      ), moved as (
        update room_participants as mine
           set last_read_seq = least(${seq}, rooms.last_seq), last_read_at = now()
          from rooms
         where rooms.id = mine.room_id and mine.room_id = ${roomId} and mine.user_id = ${me.id}
           and mine.last_read_seq < least(${seq}, rooms.last_seq)
        returning mine.last_read_seq
      ), people as (
        select count(*) as count
          from (select from room_participants where room_id = ${roomId} limit ${crowd + 1}) as person
      ), noted as (
        insert into message_reads (message_id, user_id)
        select message.id, ${me.id}
          from before, moved, people, messages as message
         where message.room_id = ${roomId} and message.seq > before.last_read_seq and message.seq <= moved.last_read_seq
           and message.sender_id <> ${me.id} and people.count <= ${crowd}
         order by message.seq desc
         limit ${maxReads}
        on conflict do nothing
      )
      select coalesce(moved.last_read_seq, before.last_read_seq) as last_read_seq,
             moved.last_read_seq is not null as has_moved, people.count as participants
        from before left join moved on true, people
    `;
    if (!outcome) throw problem("room-not-found");

    const { lastReadSeq, hasMoved, participants } = outcome;
    if (hasMoved) {
      const to: Audience = participants > crowd ? { users: [me.id] } : { users: [me.id], rooms: [roomId] };
      publish<ChatEvent>(redis, to, { type: "read.advanced", roomId, userId: me.id, lastReadSeq });
    }
    return c.json({ lastReadSeq }, 200);
  });

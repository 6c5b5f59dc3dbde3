import type { Sql } from "postgres";
import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids, json } from "../lib/validate.ts";
import { insertOnce } from "./insert-once.ts";
import { crowd, maxReads } from "./reads.ts";
import { type ChatEvent, Message } from "./model.ts";
import { lockedBy } from "./room-lock.ts";
import { NewMessage } from "./schema.ts";
import { messageColumns } from "./view.ts";

type Outcome = (Message & { isNew: boolean; isTaken: false }) | { id: null; isTaken: boolean };

/** Send a message to a room: 201 with the message; a retry with the same id gives 200 and the first one. */
export default fn({
  needs: [chatDb, redis],
  answers: { 201: Message, 200: Message },
  problems: ["message-not-found", "message-id-taken"],
  scale: { max: 20, target: 80, hot: true },
})
  .post("/api/rooms/:roomId/messages", signedIn, ids, limited("send"), json(NewMessage), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId } = c.req.param();
    const { id, content, messageType, replyTo } = c.req.valid("json");

    const [outcome] = await insertOnce("messages_pkey", () =>
      sql<[Outcome?]>`
      with ${lockedBy(sql, roomId, me.id)}, first as (
        select * from messages where id = ${id}
      ), bumped as (
        update rooms set rev = rev + 1, last_seq = last_seq + 1, updated_at = now()
          from member
         where rooms.id = member.room_id and not exists (select from first)
           and (${replyTo}::uuid is null or exists (select from messages where id = ${replyTo} and room_id = ${roomId}))
        returning rooms.id, rooms.rev, rooms.last_seq
      ), sent as (
        insert into messages (id, room_id, sender_id, content, message_type, reply_to, seq, rev)
        select ${id}, id, ${me.id}, ${content}, ${messageType}, ${replyTo}, last_seq, rev from bumped
        returning *
      ), marked as (
        update room_participants as mine set last_read_seq = last_seq, last_read_at = now()
          from bumped
         where mine.room_id = bumped.id and mine.user_id = ${me.id}
      ), noted as (
        insert into message_reads (message_id, user_id)
        select read.id, member.user_id
          from bumped, member, messages as read
         where read.room_id = bumped.id and read.seq > member.last_read_seq and read.seq < bumped.last_seq
           and read.sender_id <> ${me.id}
           and (select count(*) from (
                 select from room_participants where room_id = ${roomId} limit ${crowd + 1}) as person) <= ${crowd}
         order by read.seq desc
         limit ${maxReads}
        on conflict do nothing
      ), message as (
        select *, true as is_new from sent
         union all
        select *, false from first where room_id = ${roomId} and sender_id = ${me.id}
      )
      select ${messageColumns(sql, "message", sql`'[]'::json`)}, message.is_new,
             exists (select from first) and message.id is null as is_taken
        from member left join message on true
    `);
    if (!outcome) throw problem("room-not-found");
    if (outcome.id === null) throw problem(outcome.isTaken ? "message-id-taken" : "message-not-found");

    const { isNew, isTaken: _, ...message } = outcome;
    if (!isNew) return c.json(await asItIs(sql, id), 200);
    publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "message.created", roomId, rev: message.rev, message });
    return c.json(message satisfies Message, 201);
  });

/** A message that was sent before, with the reactions it has by now: only a retry pays for looking. */
async function asItIs(sql: Sql, id: string): Promise<Message> {
  const [message] = await sql<[Message?]>`
    select ${messageColumns(sql, "message")} from messages as message where message.id = ${id}
  `;
  if (!message) throw problem("room-not-found"); // the room has been deleted in this moment
  return message;
}

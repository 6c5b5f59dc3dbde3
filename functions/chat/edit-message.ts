import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids, json } from "../lib/validate.ts";
import { type ChatEvent, Message } from "./model.ts";
import { lockedBy, lockedMessage } from "./room-lock.ts";
import { MessageEdit } from "./schema.ts";
import { messageColumns } from "./view.ts";

type Outcome = { refusal: ProblemName | null; isChanged: boolean } & (Message | { id: null });

/** Change the text of a message one has written: 200 with it. The same text again changes nothing. */
export default fn({
  needs: [chatDb, redis],
  answers: { 200: Message },
  problems: ["not-allowed", "message-deleted"],
})
  .patch("/api/rooms/:roomId/messages/:messageId", signedIn, ids, limited("send"), json(MessageEdit), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId, messageId } = c.req.param();
    const { content } = c.req.valid("json");

    // An edit is later than its message by what the wire can tell, which is a millisecond.
    const [outcome] = await sql<[Outcome?]>`
      with ${lockedBy(sql, roomId, me.id)}, ${lockedMessage(sql, messageId)}, ruling as (
        select message.room_id, message.content <> ${content} as is_changed, case
                 when message.sender_id <> ${me.id} then 'not-allowed'
                 when message.deleted_at is not null then 'message-deleted'
               end as refusal
          from message
      ), bumped as (
        update rooms set rev = rev + 1
          from ruling
         where rooms.id = ruling.room_id and ruling.refusal is null and ruling.is_changed
        returning rooms.rev
      ), edited as (
        update messages
           set content = ${content}, rev = bumped.rev, updated_at = greatest(now(), created_at + interval '1 ms')
          from bumped
         where messages.id = ${messageId}
        returning messages.*
      ), now_there as (
        select * from edited union all select * from message where not exists (select from edited)
      )
      select ruling.refusal, ruling.is_changed, ${messageColumns(sql, "now_there", sql`reactions_now(now_there.id)`)}
        from member left join ruling on true left join now_there on true
    `;
    if (!outcome) throw problem("room-not-found");
    if (outcome.id === null) throw problem("message-not-found");

    const { refusal, isChanged, ...message } = outcome;
    if (refusal) throw problem(refusal);
    if (isChanged) {
      const { rev } = message;
      publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "message.updated", roomId, rev, message });
    }
    return c.json(message, 200);
  });

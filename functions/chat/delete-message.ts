import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import type { ChatEvent, Message } from "./model.ts";
import { lockedBy, lockedMessage } from "./room-lock.ts";
import { rights } from "./schema.ts";
import { messageJson } from "./view.ts";

interface Outcome {
  isThere: boolean;
  refusal: ProblemName | null;
  /** As it is now, if this request deleted it. */
  deleted: Message | null;
}

/**
 * Delete a message (by `rights`): 204, also when it was deleted already. Its place stays as a tombstone without content
 * and, for everyone who reads it, without reactions.
 */
export default fn({ needs: [chatDb, redis], answers: { 204: null }, problems: ["not-allowed"] })
  .delete("/api/rooms/:roomId/messages/:messageId", signedIn, ids, limited("write"), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId, messageId } = c.req.param();

    const [outcome] = await sql<[Outcome?]>`
      with ${lockedBy(sql, roomId, me.id)}, ${lockedMessage(sql, messageId)}, ruling as (
        select message.room_id, message.deleted_at, case
                 when member.role = any(${rights["delete-message"]}::text[]) then null
                 when message.sender_id = ${me.id} and 'author' = any(${rights["delete-message"]}::text[]) then null
                 else 'not-allowed'
               end as refusal
          from message, member
      ), bumped as (
        update rooms set rev = rev + 1
          from ruling
         where rooms.id = ruling.room_id and ruling.refusal is null and ruling.deleted_at is null
        returning rooms.rev
      ), deleted as (
        update messages
           set content = '', rev = bumped.rev, deleted_at = now(),
               updated_at = greatest(now(), created_at + interval '1 ms')
          from bumped
         where messages.id = ${messageId}
        returning messages.*
      )
      select ruling.room_id is not null as is_there, ruling.refusal, ${messageJson(sql, "deleted")} as deleted
        from member left join ruling on true left join deleted on true
    `;
    if (!outcome) throw problem("room-not-found");
    const { isThere, refusal, deleted: message } = outcome;
    if (!isThere) throw problem("message-not-found");
    if (refusal) throw problem(refusal);

    if (message) {
      const { rev } = message;
      publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "message.deleted", roomId, rev, message });
    }
    return c.body(null, 204);
  });

import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import { emoji } from "./emoji.ts";
import type { ChatEvent } from "./model.ts";
import { lockedBy, lockedMessage } from "./room-lock.ts";

/** The most different emoji on one message, and the most reactions in all: what a page of history can carry. */
const maxEmoji = 20;
const maxReactions = 500;

interface Outcome {
  isThere: boolean;
  refusal: ProblemName | null;
  rev: number | null;
}

/** React to a message with an emoji: 204, also when one has done so already. */
export default fn({
  needs: [chatDb, redis],
  answers: { 204: null },
  problems: ["message-deleted", "too-many-reactions"],
})
  .put("/api/rooms/:roomId/messages/:messageId/reactions/:emoji", signedIn, ids, emoji, limited("write"), async (c) => {
    const { sql, redis, me, emoji } = c.var;
    const { roomId, messageId } = c.req.param();

    // Others' reactions are counted as they were when this statement began; the bounds may be passed by who races.
    const [outcome] = await sql<[Outcome?]>`
      with ${lockedBy(sql, roomId, me.id)}, ${lockedMessage(sql, messageId)}, given as (
        select user_id, emoji from reactions where message_id = ${messageId} and removed_at is null
      ), ruling as (
        select message.room_id, exists (select from given where user_id = ${me.id} and emoji = ${emoji}) as is_given, case
                 when message.deleted_at is not null then 'message-deleted'
                 when exists (select from given where user_id = ${me.id} and emoji = ${emoji}) then null
                 when (select count(*) from given) >= ${maxReactions} then 'too-many-reactions'
                 when not exists (select from given where emoji = ${emoji})
                  and (select count(distinct emoji) from given) >= ${maxEmoji} then 'too-many-reactions'
               end as refusal
          from message
      ), bumped as (
        update rooms set rev = rev + 1
          from ruling
         where rooms.id = ruling.room_id and ruling.refusal is null and not ruling.is_given
        returning rooms.id, rooms.rev
      ), saved as (
        insert into reactions (message_id, user_id, emoji, room_id, rev)
        select ${messageId}, ${me.id}, ${emoji}, id, rev from bumped
        on conflict (message_id, user_id, emoji)
          do update set rev = excluded.rev, created_at = excluded.created_at, removed_at = null
      )
      select ruling.room_id is not null as is_there,
             ruling.refusal, bumped.rev
        from member left join ruling on true left join bumped on true
    `;
    if (!outcome) throw problem("room-not-found");
    const { isThere, refusal, rev } = outcome;
    if (!isThere) throw problem("message-not-found");
    if (refusal) throw problem(refusal);

    if (rev !== null) {
      const reaction = { messageId, userId: me.id, emoji, isOn: true };
      publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "reaction.changed", roomId, rev, reaction });
    }
    return c.body(null, 204);
  });

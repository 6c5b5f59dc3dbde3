import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import { emoji } from "./emoji.ts";
import type { ChatEvent } from "./model.ts";
import { lockedBy, lockedMessage } from "./room-lock.ts";

interface Outcome {
  isThere: boolean;
  rev: number | null;
}

/** Take a reaction of one's own back: 204, also when there was none. */
export default fn({ needs: [chatDb, redis], answers: { 204: null } })
  .delete(
    "/api/rooms/:roomId/messages/:messageId/reactions/:emoji",
    signedIn,
    ids,
    emoji,
    limited("write"),
    async (c) => {
      const { sql, redis, me, emoji } = c.var;
      const { roomId, messageId } = c.req.param();

      const [outcome] = await sql<[Outcome?]>`
        with ${lockedBy(sql, roomId, me.id)}, ${lockedMessage(sql, messageId)}, mine as (
          select reactions.*
            from reactions, message
           where reactions.message_id = message.id and message.deleted_at is null
             and reactions.user_id = ${me.id} and reactions.emoji = ${emoji} and reactions.removed_at is null
             for no key update of reactions
        ), bumped as (
          update rooms set rev = rooms.rev + 1
            from mine
           where rooms.id = mine.room_id
          returning rooms.rev
        ), removed as (
          update reactions set rev = bumped.rev, removed_at = now()
            from bumped
           where message_id = ${messageId} and user_id = ${me.id} and emoji = ${emoji}
        )
        select message.id is not null as is_there, bumped.rev
          from member left join message on true left join bumped on true
      `;
      if (!outcome) throw problem("room-not-found");
      if (!outcome.isThere) throw problem("message-not-found");

      const { rev } = outcome;
      if (rev !== null) {
        const reaction = { messageId, userId: me.id, emoji, isOn: false };
        publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "reaction.changed", roomId, rev, reaction });
      }
      return c.body(null, 204);
    },
  );

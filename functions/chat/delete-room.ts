import { chatDb } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem, type ProblemName } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { ids } from "../lib/validate.ts";
import type { ChatEvent } from "./model.ts";
import { lockedBy } from "./room-lock.ts";
import { rights } from "./schema.ts";

interface Outcome {
  refusal: ProblemName | null;
  rev: number | null;
}

/** Delete a room with all that was said in it, for everyone and for good (by `rights`): 204; then it is not found. */
export default fn({ needs: [chatDb, redis], answers: { 204: null }, problems: ["not-allowed", "direct-room"] })
  .delete("/api/rooms/:roomId", signedIn, ids, limited("write"), async (c) => {
    const { sql, redis, me } = c.var;
    const { roomId } = c.req.param();

    const [outcome] = await sql<[Outcome?]>`
      with ${lockedBy(sql, roomId, me.id)}, ruling as (
        select room.id, case
                 when room.room_type = 'direct' then 'direct-room'
                 when member.role <> all(${rights["delete-room"]}::text[]) then 'not-allowed'
               end as refusal
          from room, member
      ), gone as (
        delete from rooms using ruling
         where rooms.id = ruling.id and ruling.refusal is null
        returning rooms.id, rooms.rev + 1 as rev
      ), remembered as (
        insert into deleted_rooms (id, rev) select id, rev from gone
      )
      select ruling.refusal, gone.rev from ruling left join gone on true
    `;
    if (!outcome) throw problem("room-not-found");
    if (outcome.refusal) throw problem(outcome.refusal);

    const rev = outcome.rev!;
    publish<ChatEvent>(redis, { rooms: [roomId] }, { type: "room.deleted", roomId, rev });
    return c.body(null, 204);
  });

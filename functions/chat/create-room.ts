import type { Sql } from "postgres";
import { chatDb, directory } from "../lib/database.ts";
import { publish } from "../lib/events.ts";
import { fn } from "../lib/fn.ts";
import { limited } from "../lib/limited.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { signedIn } from "../lib/session.ts";
import { json } from "../lib/validate.ts";
import { requirePeople } from "./people.ts";
import { type ChatEvent, Room } from "./model.ts";
import { NewRoom } from "./schema.ts";
import { roomColumns, roomsOf } from "./view.ts";

type Created = Omit<Room, "role" | "lastReadSeq" | "unreadCount" | "peerId" | "lastMessage">;

/** Both ids of a direct room, the lesser first. */
const directKey = (one: string, other: string) => [one, other].sort().join(":");

/**
 * Make a room: 201 with it; 200 with the one that is there when a direct room of these two exists or the caller made a
 * room with this id before. The caller is the owner; in a direct room both are.
 */
export default fn({
  needs: [chatDb, directory, redis],
  answers: { 201: Room, 200: Room },
  problems: ["user-not-found", "room-id-taken", "account-deactivated"],
})
  .post("/api/rooms", signedIn, limited("write"), json(NewRoom), async (c) => {
    const { sql, directory, redis, me } = c.var;
    const wish = c.req.valid("json");
    const others = [...new Set(wish.participantIds)].filter((id) => id !== me.id);
    const isDirect = wish.roomType === "direct";
    if (isDirect && others.length !== 1) {
      const message = "must name exactly one other person";
      throw problem("invalid-request", { errors: [{ path: "participantIds", message }] });
    }
    await requirePeople(directory, others, "participantIds");

    const { id = null } = wish;
    const key = isDirect ? directKey(me.id, others[0]!) : null;
    const people = [me.id, ...others];
    const roles = people.map((person) => isDirect || person === me.id ? "owner" : "member");
    const [created] = await sql<[Created?]>`
      with created as (
        insert into rooms (id, name, description, room_type, created_by, direct_key)
        select coalesce(${id}, uuidv7()), ${isDirect ? null : wish.name}, ${isDirect ? null : wish.description},
               ${wish.roomType}, ${me.id}, ${key}
         where require_active(${me.id})
        on conflict do nothing
        returning id, name, description, room_type, created_by, created_at, updated_at, rev, last_seq
      ), joined as (
        insert into room_participants (room_id, user_id, role, rev)
        select created.id, person.id, person.role, created.rev
          from created, unnest(${people}::uuid[], ${roles}::text[]) as person (id, role)
      )
      select * from created
    `;
    if (!created) return c.json(await existing(sql, me.id, id, key), 200);

    const { id: roomId, rev, name, description, roomType, updatedAt } = created;
    const room = { id: roomId, name, description, roomType, updatedAt };
    publish<ChatEvent>(redis, { users: people }, { type: "room.created", roomId, rev, room });
    const peerId = isDirect ? others[0]! : null;
    const mine = { role: "owner", lastReadSeq: 0, unreadCount: 0, peerId, lastMessage: null } as const;
    return c.json({ ...created, ...mine } satisfies Room as Room, 201);
  });

/** The room that stood in the way, if the caller may have it. A statement of its own, so that it sees a race's winner. */
async function existing(sql: Sql, userId: string, id: string | null, key: string | null): Promise<Room> {
  const [room] = await sql<[Room?]>`
    select ${roomColumns(sql)} from ${roomsOf(sql, userId)}
     where room.direct_key = ${key} or (${key}::text is null and room.id = ${id} and room.created_by = ${userId})
  `;
  if (!room) throw problem("room-id-taken");
  return room;
}

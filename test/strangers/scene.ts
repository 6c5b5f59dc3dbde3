import createRoom from "../../functions/chat/create-room.ts";
import type { Message, Room } from "../../functions/chat/model.ts";
import removeParticipant from "../../functions/chat/remove-participant.ts";
import saveParticipant from "../../functions/chat/save-participant.ts";
import type { Role } from "../../functions/chat/schema.ts";
import { userDb } from "../../functions/lib/database.ts";
import { clientOf } from "../../functions/lib/needs.ts";
import deactivateMe from "../../functions/user/deactivate-me.ts";
import { say } from "../talk.ts";
import { ask, chat, type Person, users } from "../world.ts";

/** What somebody who is signed in may be to a room. */
export type Standing = Role | "stranger" | "ex-member" | "deactivated";

/** Everyone who has written in the room; one of them is no longer in it. */
export type Author = Role | "ex-member";

/** A room with one person of each standing, and two whom nobody asks as: to be named, added and removed. */
export interface Scene {
  room: Room;
  people: Record<Standing, Person>;
  /** A member. */
  mate: Person;
  /** Somebody with an account who is in no room. */
  newcomer: Person;
  /** One message of each, the owner's the oldest. */
  messages: Record<Author, Message>;
}

type Eight = [Person, Person, Person, Person, Person, Person, Person, Person];

async function done(answer: Promise<Response>): Promise<Response> {
  const res = await answer;
  if (!res.ok) throw new Error(`Cannot set the scene: ${res.status} ${await res.text()}`);
  return res;
}

/** Set the scene in a new room, with new people. */
export async function aScene(roomType: "group" | "public" = "group"): Promise<Scene> {
  const [owner, admin, member, exMember, deactivated, mate, newcomer, stranger] = await users(8) as Eight;
  const people = { owner, admin, member, "ex-member": exMember, deactivated, stranger };
  const participantIds = [admin, member, exMember, deactivated, mate].map(({ id }) => id);
  const body = { roomType, name: "A scene", description: "Set for strangers", participantIds };
  const made = await done(ask(createRoom, "POST", "/api/rooms", { as: owner, body }));
  const room = await made.json() as Room;
  const at = ({ id }: Person) => `/api/rooms/${room.id}/participants/${id}`;
  await done(ask(saveParticipant, "PUT", at(admin), { as: owner, body: { role: "admin" } }));

  const messages = {
    owner: await say(owner, room, "an owner speaks"),
    admin: await say(admin, room, "an admin speaks"),
    member: await say(member, room, "a member speaks"),
    "ex-member": await say(exMember, room, "farewell"),
  };
  await done(ask(removeParticipant, "DELETE", at(exMember), { as: exMember }));
  await done(ask(deactivateMe, "DELETE", "/api/me", { as: deactivated }));
  return { room, people, mate, newcomer, messages };
}

/** All that both databases hold of a scene: what a request that is refused leaves as it was. */
export async function stateOf({ room, people, mate, newcomer }: Scene): Promise<unknown> {
  const everyone = [...Object.values(people), mate, newcomer].map(({ id }) => id);
  const [talk, directory] = [chat(), clientOf(userDb)];
  const of = [room.id];
  return await Promise.all([
    talk`select * from rooms where id = any(${of}::uuid[]) or created_by = any(${everyone}::uuid[]) order by id`,
    talk`
      select * from room_participants
       where room_id = any(${of}::uuid[]) or user_id = any(${everyone}::uuid[])
       order by room_id, user_id
    `,
    talk`select * from room_departures where room_id = any(${of}::uuid[]) order by room_id, user_id`,
    talk`
      select * from messages
       where room_id = any(${of}::uuid[]) or sender_id = any(${everyone}::uuid[])
       order by room_id, seq
    `,
    talk`select * from reactions where user_id = any(${everyone}::uuid[]) order by message_id, user_id, emoji`,
    talk`select * from message_reads where user_id = any(${everyone}::uuid[]) order by message_id, user_id`,
    talk`select user_id from former_users where user_id = any(${everyone}::uuid[]) order by user_id`,
    directory`select * from users where id = any(${everyone}::uuid[]) order by id`,
    directory`select * from user_profiles where user_id = any(${everyone}::uuid[]) order by user_id`,
    directory`select * from contacts where user_id = any(${everyone}::uuid[]) order by user_id, contact_id`,
  ]);
}

import type { Message, Room } from "../../functions/chat/model.ts";
import createRoom from "../../functions/chat/create-room.ts";
import deleteMessage from "../../functions/chat/delete-message.ts";
import saveParticipant from "../../functions/chat/save-participant.ts";
import { at, say } from "../talk.ts";
import { ask, type Person, users } from "../world.ts";
import type { Case } from "./request.ts";

/** Somebody in every role, rooms of every kind, and messages in them, one of them deleted. */
export interface Population {
  people: Record<"owner" | "admin" | "member" | "stranger", Person>;
  ids: Record<"user" | "room" | "message", string[]>;
}

export async function populate(): Promise<Population> {
  const [owner, admin, member, stranger] = await users(4) as [Person, Person, Person, Person];
  const others = [admin.id, member.id];
  const rooms = await Promise.all([
    { roomType: "group", name: "A room", participantIds: others },
    { roomType: "public", name: "A public room", participantIds: others },
    { roomType: "direct", participantIds: [member.id] },
  ].map(async (body) => await (await ask(createRoom, "POST", "/api/rooms", { as: owner, body })).json() as Room));
  const [group, open] = rooms as [Room, Room];
  await Promise.all(
    [group, open].map((room) =>
      ask(saveParticipant, "PUT", `/api/rooms/${room.id}/participants/${admin.id}`, {
        as: owner,
        body: { role: "admin" },
      })
    ),
  );

  const messages: Message[] = [];
  for (const [person, room] of [[owner, group], [member, group], [owner, open], [member, group]] as const) {
    messages.push(await say(person, room, "hello"));
  }
  await ask(deleteMessage, "DELETE", at(messages[3]!), { as: owner });
  return {
    people: { owner, admin, member, stranger },
    ids: {
      user: [owner.id, admin.id, member.id, stranger.id],
      room: [group.id, group.id, open.id, rooms[2]!.id],
      message: messages.map(({ id }) => id),
    },
  };
}

/** The same text with the ids of what is there. */
const filled = (text: string, { ids }: Population) =>
  text.replace(/\$(user|room|message)(\d)\$/g, (_, kind: keyof Population["ids"], i) => ids[kind][i]!);

/** A case as a request to a Parley of these people. */
export function requestOf(method: string, { as, url, headers, body }: Case, population: Population): Request {
  const person = population.people[as as keyof Population["people"]];
  const token = person?.token ?? (as === "forger" ? "eyJhbGciOiJub25lIn0.e30." : undefined);
  return new Request(`http://localhost:8080${filled(url, population)}`, {
    method,
    headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: typeof body === "string" ? filled(body, population) : body }),
  });
}

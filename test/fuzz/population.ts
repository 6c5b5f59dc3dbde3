import type { Message, Room } from "../../functions/chat/model.ts";
import createRoom from "../../functions/chat/create-room.ts";
import deleteMessage from "../../functions/chat/delete-message.ts";
import saveParticipant from "../../functions/chat/save-participant.ts";
import deactivateMe from "../../functions/user/deactivate-me.ts";
import { gateway } from "../../scripts/start/gateway.ts";
import { at, say } from "../talk.ts";
import { ask, aToken, type Person, users } from "../world.ts";
import type { Case } from "./request.ts";

const door = gateway({
  publicUrl: "http://localhost:8080",
  identityUrl: undefined,
  web: { fetch: () => new Response("web") },
});

/** Every function behind the gateway, as one machine runs them. */
export const house = (request: Request): Promise<Response> => door(request, "192.0.2.1");

type Role = "owner" | "admin" | "member" | "stranger" | "departed" | "newcomer";

/**
 * Somebody in every role, somebody whose account is closed and somebody who has none yet; rooms of every kind, and
 * messages in them, one of them deleted.
 */
export interface Population {
  people: Record<Role, Person>;
  ids: Record<"user" | "room" | "message", string[]>;
}

export async function populate(): Promise<Population> {
  const [owner, admin, member, stranger, departed] = await users(5) as [Person, Person, Person, Person, Person];
  const id = crypto.randomUUID();
  const newcomer = {
    id,
    username: id,
    token: await aToken({ sub: id, preferred_username: `${id}\u0000`, name: "\u202eNew\u0000comer" }),
  };
  const others = [admin.id, member.id, departed.id];
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
  await ask(deactivateMe, "DELETE", "/api/me", { as: departed });
  return {
    people: { owner, admin, member, stranger, departed, newcomer },
    ids: {
      user: [owner.id, member.id, stranger.id, departed.id],
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

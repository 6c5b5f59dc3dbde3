import { expect, test } from "vitest";
import { at, listen, say } from "../../test/talk.ts";
import { aRoom, ask, chat, type Person, users } from "../../test/world.ts";
import createRoom from "./create-room.ts";
import deleteRoom from "./delete-room.ts";
import getChanges from "./get-changes.ts";
import react from "./react.ts";

const remove = (as: Person, room: { id: string }) => ask(deleteRoom, "DELETE", `/api/rooms/${room.id}`, { as });

test("a room goes with all that was in it; everyone hears of it and finds it no more", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(ada, room, "gone soon");
  await say(bob, room, "an answer", { replyTo: message.id });
  await ask(react, "PUT", `${at(message)}/reactions/${encodeURIComponent("👋")}`, { as: bob });
  const ear = await listen(bob);
  await ear.next("hello");

  const res = await remove(ada, room);

  expect(res.status).toBe(204);
  expect((await ear.next()).data).toEqual({ type: "room.deleted", roomId: room.id, rev: 5 });
  expect((await ask(getChanges, "GET", `/api/rooms/${room.id}/changes?since=1`, { as: bob })).status).toBe(404);
  const left = await chat()`
    select id from messages where room_id = ${room.id}
     union all select message_id from reactions where room_id = ${room.id}
     union all select user_id from room_participants where room_id = ${room.id}
  `;
  expect([...left]).toEqual([]);
  ear.close();
});

test("a late retry of create-room does not bring it back: 409", async () => {
  const [ada] = await users(1) as [Person];
  const body = { id: crypto.randomUUID(), roomType: "group", name: "Once" };
  await ask(createRoom, "POST", "/api/rooms", { as: ada, body });
  await remove(ada, { id: body.id });

  const again = await ask(createRoom, "POST", "/api/rooms", { as: ada, body });

  expect(again.status).toBe(409);
  expect((await remove(ada, { id: body.id })).status).toBe(404);
});

test("a member may not: 403; a stranger finds no room: 404; a direct room stays: 409", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const room = await aRoom(ada, bob);
  const direct = await ask(createRoom, "POST", "/api/rooms", {
    as: ada,
    body: { roomType: "direct", participantIds: [bob.id] },
  });

  expect((await remove(bob, room)).status).toBe(403);
  expect((await remove(eve, room)).status).toBe(404);
  expect((await remove(ada, await direct.json())).status).toBe(409);
});

test("messages that are sent while the room goes are refused or gone with it, never left over", async () => {
  const people = await users(4) as [Person, ...Person[]];
  const room = await aRoom(people[0], ...people.slice(1));

  await Promise.all([
    ...people.map((person) => say(person, room).catch((error) => expect(String(error)).toContain("404"))),
    remove(people[0], room),
  ]);

  expect([...await chat()`select id from messages where room_id = ${room.id}`]).toEqual([]);
});

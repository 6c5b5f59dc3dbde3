import { expect, test } from "vitest";
import { changesSince, listen } from "../../test/talk.ts";
import { aRoom, ask, type Person, users } from "../../test/world.ts";
import createRoom from "./create-room.ts";
import getRoom from "./get-room.ts";
import type { Room } from "./model.ts";
import updateRoom from "./update-room.ts";

const update = (as: Person, room: { id: string }, body: unknown) =>
  ask(updateRoom, "PATCH", `/api/rooms/${room.id}`, { as, body });

test("an owner changes name and description; everyone hears of it, and what is left out stays", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const ear = await listen(bob);
  await ear.next("hello");

  const named = await update(ada, room, { name: "Tea", description: "Every day at four" });
  const cleared = await update(ada, room, { description: null });

  expect(named.status).toBe(200);
  expect(await named.json()).toMatchObject({ name: "Tea", description: "Every day at four", rev: 2, role: "owner" });
  const now = await cleared.json() as Room;
  expect(now).toMatchObject({ name: "Tea", description: null, rev: 3 });
  const { id, name, description, roomType, updatedAt } = now;
  const last = { type: "room.updated", roomId: id, rev: 3, room: { id, name, description, roomType, updatedAt } };
  expect((await ear.next()).data).toMatchObject({ type: "room.updated", rev: 2, room: { name: "Tea" } });
  expect((await ear.next()).data).toEqual(last);
  expect(await changesSince(bob, room, 1)).toEqual([last]);
  const { participants: _, ...read } = await (await ask(getRoom, "GET", `/api/rooms/${id}`, { as: ada })).json();
  expect(read).toEqual(now);
  ear.close();
});

test("nothing new is no change", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);

  for (const body of [{}, { name: "A room" }, { description: null }]) {
    expect(await (await update(ada, room, body)).json()).toMatchObject({ rev: 1, name: "A room" });
  }
});

test("a member may not: 403; a stranger finds no room: 404; a direct room has no name: 409", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const room = await aRoom(ada, bob);
  const direct = await ask(createRoom, "POST", "/api/rooms", {
    as: ada,
    body: { roomType: "direct", participantIds: [bob.id] },
  });

  expect((await update(bob, room, { name: "Mine" })).status).toBe(403);
  expect((await update(eve, room, { name: "Mine" })).status).toBe(404);
  expect((await update(ada, await direct.json(), { name: "Us" })).status).toBe(409);
});

test("what the server decides cannot be set", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);

  const res = await update(ada, room, { name: "Tea", rev: 99, roomType: "public", createdBy: crypto.randomUUID() });

  expect(await res.json()).toMatchObject({ name: "Tea", rev: 2, roomType: "group", createdBy: ada.id });
});

test.each([{ name: null }, { name: "" }, { name: "a\nb" }, { name: "x".repeat(81) }, { description: "x".repeat(501) }])(
  "refuses %j with 400",
  async (body) => {
    const [ada] = await users(1) as [Person];

    expect((await update(ada, await aRoom(ada), body)).status).toBe(400);
  },
);

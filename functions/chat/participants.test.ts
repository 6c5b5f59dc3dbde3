import { expect, test } from "vitest";
import { aRoom, ask, aUser, chat, type Person, users } from "../../test/world.ts";
import createRoom from "./create-room.ts";
import getRoom from "./get-room.ts";
import removeParticipant from "./remove-participant.ts";
import saveParticipant from "./save-participant.ts";
import type { Room } from "./model.ts";
import type { Role } from "./schema.ts";

const path = (room: { id: string }, person: Person) => `/api/rooms/${room.id}/participants/${person.id}`;
const save = (as: Person, room: { id: string }, person: Person, role?: Role) =>
  ask(saveParticipant, "PUT", path(room, person), { as, body: role ? { role } : {} });
const remove = (as: Person, room: { id: string }, person: Person) =>
  ask(removeParticipant, "DELETE", path(room, person), { as });

const rolesIn = async (room: { id: string }) => {
  const rows = await chat()`select user_id, role from room_participants where room_id = ${room.id}`;
  return Object.fromEntries(rows.map(({ userId, role }) => [userId, role]));
};

const revOf = async (room: { id: string }) => (await chat()`select rev from rooms where id = ${room.id}`)[0]!["rev"];

const aPublicRoom = async (owner: Person) => {
  const res = await ask(createRoom, "POST", "/api/rooms", { as: owner, body: { roomType: "public", name: "Square" } });
  return await res.json() as Room;
};

test("an owner adds somebody: 201; again: 200 and no new rev", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada);

  const [first, again] = [await save(ada, room, bob), await save(ada, room, bob)];

  expect([first.status, again.status]).toEqual([201, 200]);
  expect(await first.json()).toMatchObject({ userId: bob.id, role: "member", lastReadSeq: 0 });
  expect(await revOf(room)).toBe(2);
});

test("get-room shows who is in it", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);

  const res = await ask(getRoom, "GET", `/api/rooms/${room.id}`, { as: bob });

  expect(res.status).toBe(200);
  const { participants, ...shown } = await res.json();
  expect(shown).toMatchObject({ id: room.id, role: "member", rev: 1 });
  expect(participants.map(({ userId }: { userId: string }) => userId).sort()).toEqual([ada.id, bob.id].sort());
});

test("an owner makes an admin; an admin adds and removes members but no more", async () => {
  const [ada, bob, eve, dan] = await users(4) as [Person, Person, Person, Person];
  const room = await aRoom(ada, bob, eve);

  expect((await save(ada, room, bob, "admin")).status).toBe(200);
  expect((await save(bob, room, dan)).status).toBe(201);
  expect((await save(bob, room, dan, "admin")).status).toBe(403);
  expect((await save(bob, room, ada, "member")).status).toBe(403);
  expect((await save(bob, room, bob, "owner")).status).toBe(403);
  expect((await remove(bob, room, ada)).status).toBe(403);
  expect((await remove(bob, room, eve)).status).toBe(204);
  expect((await save(dan, room, eve)).status).toBe(403);
  expect((await remove(dan, room, bob)).status).toBe(403);

  expect(await rolesIn(room)).toEqual({ [ada.id]: "owner", [bob.id]: "admin", [dan.id]: "member" });
});

test("a room always keeps an owner", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);

  expect((await remove(ada, room, ada)).status).toBe(409);
  expect((await save(ada, room, ada, "member")).status).toBe(409);
  expect((await save(ada, room, bob, "owner")).status).toBe(200);
  expect((await remove(ada, room, ada)).status).toBe(204);

  expect(await rolesIn(room)).toEqual({ [bob.id]: "owner" });
});

test("two owners who leave at once leave one behind", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  await save(ada, room, bob, "owner");

  const answers = await Promise.all([remove(ada, room, ada), remove(bob, room, bob)]);

  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  expect(Object.values(await rolesIn(room))).toEqual(["owner"]);
});

test("anyone joins a public room as a member and leaves it; nobody joins a group on their own", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const [square, group] = [await aPublicRoom(ada), await aRoom(ada)];

  expect((await save(bob, square, bob, "owner")).status).toBe(403);
  expect((await save(bob, square, bob)).status).toBe(201);
  expect((await save(bob, group, bob)).status).toBe(404);
  expect((await remove(bob, square, bob)).status).toBe(204);
  expect((await remove(bob, square, bob)).status).toBe(404);

  expect(await rolesIn(square)).toEqual({ [ada.id]: "owner" });
});

test("a stranger to a public room learns nothing of who is in it", async () => {
  const [ada, eve] = await users(2) as [Person, Person];
  const square = await aPublicRoom(ada);

  const res = await save(eve, square, ada);

  expect(res.status).toBe(403);
  expect(await res.text()).not.toContain(ada.id);
});

test("somebody who joins while they are made admin ends as admin, added once", async () => {
  const [ada, bob] = await users(2) as [Person, Person];

  for (let round = 0; round < 15; round++) {
    const square = await aPublicRoom(ada);
    const answers = await Promise.all([
      save(bob, square, bob),
      save(ada, square, bob, "admin"),
      save(bob, square, bob),
    ]);

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await rolesIn(square)).toEqual({ [ada.id]: "owner", [bob.id]: "admin" });
  }
});

test("joining takes no body", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const square = await aPublicRoom(ada);

  const res = await ask(saveParticipant, "PUT", path(square, bob), { as: bob });

  expect(res.status).toBe(201);
});

test("a stranger to a public room adds nobody to it", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const square = await aPublicRoom(ada);

  expect((await save(eve, square, bob)).status).toBe(403);
});

test("a newcomer has nothing unread of what was said before", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada);
  await chat()`update rooms set last_seq = 7 where id = ${room.id}`;

  const res = await save(ada, room, bob);

  expect(await res.json()).toMatchObject({ lastReadSeq: 7 });
});

test("the people of a direct room are fixed", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const made = await ask(createRoom, "POST", "/api/rooms", {
    as: ada,
    body: { roomType: "direct", participantIds: [bob.id] },
  });
  const room = await made.json() as Room;

  expect((await save(ada, room, eve)).status).toBe(409);
  expect((await remove(ada, room, bob)).status).toBe(409);
  expect((await remove(ada, room, ada)).status).toBe(409);
  expect((await save(eve, room, eve)).status).toBe(404);
});

test("removing somebody twice is one change", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);

  expect([(await remove(ada, room, bob)).status, (await remove(ada, room, bob)).status]).toEqual([204, 204]);
  expect(await revOf(room)).toBe(2);
});

test("somebody who does not exist cannot be added, and an unknown role is refused", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);
  const ghost = { ...ada, id: crypto.randomUUID() };

  expect((await save(ada, room, ghost)).status).toBe(404);
  expect((await save(ada, room, ada, "king" as Role)).status).toBe(400);
});

import { expect, test } from "vitest";
import { ask, aUser, chat, type Person } from "../../test/world.ts";
import createRoom from "./create-room.ts";

const create = (as: Person, body: unknown) => ask(createRoom, "POST", "/api/rooms", { as, body });

test("a group has its maker as owner and the others as members", async () => {
  const [ada, bob] = [await aUser(), await aUser()];

  const res = await create(ada, {
    roomType: "group",
    name: " Engines ",
    description: "x",
    participantIds: [bob.id, ada.id],
  });

  expect(res.status).toBe(201);
  const room = await res.json();
  expect(room).toMatchObject({
    name: "Engines",
    description: "x",
    roomType: "group",
    createdBy: ada.id,
    rev: 1,
    lastSeq: 0,
    role: "owner",
    unreadCount: 0,
    peerId: null,
    lastMessage: null,
  });
  const people =
    await chat()`select user_id, role from room_participants where room_id = ${room.id} order by role desc`;
  expect([...people]).toEqual([{ userId: ada.id, role: "owner" }, { userId: bob.id, role: "member" }]);
});

test("a direct room is one per pair, whoever asks and however often", async () => {
  const [ada, bob] = [await aUser(), await aUser()];
  const wish = (other: Person) => ({ roomType: "direct", participantIds: [other.id] });

  const first = await create(ada, wish(bob));
  const again = await create(ada, wish(bob));
  const reverse = await create(bob, wish(ada));

  expect([first.status, again.status, reverse.status]).toEqual([201, 200, 200]);
  const [one, two, three] = await Promise.all([first.json(), again.json(), reverse.json()]);
  expect(two).toEqual(one);
  expect(three).toMatchObject({ id: one.id, peerId: ada.id, role: "owner" });
  expect(one).toMatchObject({ peerId: bob.id, name: null });
});

test("two people who open a direct room at once get the same one", async () => {
  const [ada, bob] = [await aUser(), await aUser()];

  const answers = await Promise.all(
    [[ada, bob], [bob, ada], [ada, bob], [bob, ada]].map(([one, other]) =>
      create(one!, { roomType: "direct", participantIds: [other!.id] })
    ),
  );

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
  const ids = await Promise.all(answers.map(async (res) => (await res.json()).id));
  expect(new Set(ids).size).toBe(1);
});

test("a repeated creation with its id gives the first room; somebody else's id is refused", async () => {
  const [ada, eve] = [await aUser(), await aUser()];
  const wish = { id: crypto.randomUUID(), roomType: "group", name: "Once" };

  const [first, again, stolen] = [await create(ada, wish), await create(ada, wish), await create(eve, wish)];

  expect([first.status, again.status, stolen.status]).toEqual([201, 200, 409]);
  expect(await again.json()).toEqual(await first.json());
});

test("somebody who does not exist cannot be in a room: 404, and no room", async () => {
  const ada = await aUser();
  const nobody = crypto.randomUUID();

  const res = await create(ada, { roomType: "group", name: "Ghosts", participantIds: [nobody] });

  expect(res.status).toBe(404);
  expect(await res.text()).toContain(nobody);
  expect(await chat()`select from rooms where created_by = ${ada.id}`).toHaveLength(0);
});

test.each([
  ["no type", { name: "x" }],
  ["an unknown type", { roomType: "secret", name: "x" }],
  ["a group without a name", { roomType: "group" }],
  ["a name of 81 characters", { roomType: "group", name: "x".repeat(81) }],
  ["a name of two lines", { roomType: "group", name: "a\nb" }],
  ["a name of two lines by U+2028", { roomType: "group", name: "a\u2028b" }],
  ["a name that nobody can see", { roomType: "group", name: "\u200b" }],
  ["101 people", {
    roomType: "group",
    name: "x",
    participantIds: Array.from({ length: 101 }, () => crypto.randomUUID()),
  }],
  ["a direct room of one", { roomType: "direct", participantIds: [] }],
  ["a direct room of three", { roomType: "direct", participantIds: [crypto.randomUUID(), crypto.randomUUID()] }],
])("refuses %s with 400", async (_, body) => {
  const res = await create(await aUser(), body);

  expect(res.status).toBe(400);
});

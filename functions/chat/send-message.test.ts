import { expect, test } from "vitest";
import { aMessage, aRoom, ask, aUser, chat, users } from "../../test/world.ts";
import type { Room } from "./model.ts";
import sendMessage from "./send-message.ts";

const send = (room: { id: string }, as: Awaited<ReturnType<typeof aUser>>, body: unknown) =>
  ask(sendMessage, "POST", `/api/rooms/${room.id}/messages`, { as, body });

const stored = (room: Room) =>
  chat()<{ id: string; seq: number; rev: number }[]>`
  select id, seq, rev from messages where room_id = ${room.id} order by seq
`;

const counters = async (room: Room) => {
  const [row] = await chat()`select rev, last_seq from rooms where id = ${room.id}`;
  return row;
};

test("a member's message is stored with the room's next seq and rev, and moves the sender's marker", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);
  const message = aMessage("Grüße 👋");

  const res = await send(room, ada, message);

  expect(res.status).toBe(201);
  expect(await res.json()).toMatchObject({
    ...message,
    roomId: room.id,
    senderId: ada.id,
    messageType: "text",
    replyTo: null,
    deletedAt: null,
    seq: 1,
    rev: 2,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
  expect(await counters(room)).toEqual({ rev: 2, lastSeq: 1 });
  const [mine] = await chat()`select last_read_seq from room_participants where room_id = ${room.id}`;
  expect(mine).toEqual({ lastReadSeq: 1 });
});

test("a repeated send gives 200 and the first message, whatever it says now, and changes nothing", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);
  const message = aMessage("first");
  const first = await (await send(room, ada, message)).json();

  const res = await send(room, ada, { ...message, content: "second" });

  expect(res.status).toBe(200);
  expect(await res.json()).toEqual(first);
  expect(await counters(room)).toEqual({ rev: 2, lastSeq: 1 });
});

test("the same send ten times at once is one message: one 201, nine 200, no hole", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);
  const message = aMessage();

  const answers = await Promise.all(Array.from({ length: 10 }, () => send(room, ada, message)));
  await send(room, ada, aMessage("next"));

  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
  expect((await stored(room)).map(({ seq }) => seq)).toEqual([1, 2]);
});

test("five people at once fill the room without a hole, and each message has a rev of its own", async () => {
  const people = await users(5);
  const room = await aRoom(people[0]!, ...people.slice(1));

  const answers = await Promise.all(
    people.flatMap((person) => Array.from({ length: 10 }, () => send(room, person, aMessage()))),
  );

  expect(answers.every(({ status }) => status === 201)).toBe(true);
  const messages = await stored(room);
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  expect(messages.map(({ rev }) => rev)).toEqual(Array.from({ length: 50 }, (_, i) => i + 2));
});

test("a stranger gets 404, and nothing is written", async () => {
  const [ada, eve] = [await aUser(), await aUser()];
  const room = await aRoom(ada);

  const res = await send(room, eve, aMessage());

  expect(res.status).toBe(404);
  expect(await res.json()).toMatchObject({ type: "/problems/room-not-found" });
  expect(await stored(room)).toEqual([]);
  expect(await counters(room)).toEqual({ rev: 1, lastSeq: 0 });
});

test("somebody else's message id is taken, also when it lies in a room the caller cannot see", async () => {
  const [ada, eve] = [await aUser(), await aUser()];
  const [hers, shared] = [await aRoom(ada), await aRoom(ada, eve)];
  const message = aMessage("secret");
  await send(hers, ada, message);

  const answers = [await send(shared, eve, message), await send(shared, ada, message)];

  for (const res of answers) {
    expect(res.status).toBe(409);
    expect(await res.text()).not.toContain("secret");
  }
  expect(await stored(shared)).toEqual([]);
});

test("a reply names a message of the same room", async () => {
  const ada = await aUser();
  const [room, other] = [await aRoom(ada), await aRoom(ada)];
  const [here, elsewhere] = [aMessage(), aMessage()];
  await send(room, ada, here);
  await send(other, ada, elsewhere);

  const good = await send(room, ada, { ...aMessage(), replyTo: here.id });
  const bad = await send(room, ada, { ...aMessage(), replyTo: elsewhere.id });

  expect(await good.json()).toMatchObject({ replyTo: here.id });
  expect(bad.status).toBe(404);
  expect(await counters(room)).toEqual({ rev: 3, lastSeq: 2 });
});

test.each([
  ["no id", { content: "x" }],
  ["an id that is no UUID", { id: "1", content: "x" }],
  ["no content", { id: crypto.randomUUID() }],
  ["empty content", { id: crypto.randomUUID(), content: "" }],
  ["only white space", { id: crypto.randomUUID(), content: " \n\t" }],
  ["a NUL byte", { id: crypto.randomUUID(), content: "a\0b" }],
  ["a lone surrogate", { id: crypto.randomUUID(), content: "a\ud800b" }],
  ["4001 code points", { id: crypto.randomUUID(), content: "👍".repeat(4001) }],
  ["an unknown type", { id: crypto.randomUUID(), content: "x", messageType: "system" }],
])("refuses %s with 400 and says where", async (_, body) => {
  const ada = await aUser();
  const room = await aRoom(ada);

  const res = await send(room, ada, body);

  expect(res.status).toBe(400);
  expect(await res.json()).toMatchObject({ type: "/problems/invalid-request", errors: [{ path: expect.any(String) }] });
  expect(await stored(room)).toEqual([]);
});

test("takes 4000 code points, however many bytes they are", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);

  const res = await send(room, ada, aMessage("👍".repeat(4000)));

  expect(res.status).toBe(201);
});

test("fields of the server's own cannot be set from outside", async () => {
  const [ada, bob] = [await aUser(), await aUser()];
  const room = await aRoom(ada);
  const forged = { senderId: bob.id, seq: 99, rev: 99, createdAt: "2000-01-01T00:00:00Z", roomId: crypto.randomUUID() };

  const res = await send(room, ada, { ...aMessage(), ...forged });

  expect(await res.json()).toMatchObject({ senderId: ada.id, seq: 1, rev: 2, roomId: room.id });
});

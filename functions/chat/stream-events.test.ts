import process from "node:process";
import { afterEach, expect, inject, test, vi } from "vitest";
import { type Ear, listen as openEar, say } from "../../test/talk.ts";
import { aRoom, ask, aUser, chat, type Person, users } from "../../test/world.ts";
import createRoom from "./create-room.ts";
import markRead from "./mark-read.ts";
import removeParticipant from "./remove-participant.ts";
import saveParticipant from "./save-participant.ts";
import type { Room } from "./model.ts";
import updateMe from "../user/update-me.ts";

const ears: Ear[] = [];
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});

async function listen(as: Person): Promise<Ear> {
  const ear = await openEar(as);
  ears.push(ear);
  return ear;
}

const participant = (room: Room, person: Person) => `/api/rooms/${room.id}/participants/${person.id}`;

test("begins with hello: where each of my rooms stands, and none of other people's", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  await aRoom(ada);
  await say(ada, room, "before");

  const { next } = await listen(bob);

  expect(await next()).toEqual({
    event: "hello",
    data: { type: "hello", rooms: [{ id: room.id, rev: 2, lastSeq: 1, lastReadSeq: 0 }] },
  });
});

test("a message reaches everyone in the room, its sender too, and nobody else", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const [room, other] = [await aRoom(ada, bob), await aRoom(eve)];
  const [adas, bobs, eves] = await Promise.all([listen(ada), listen(bob), listen(eve)]);
  await Promise.all([adas.next("hello"), bobs.next("hello"), eves.next("hello")]);

  const sent = await say(ada, room, "live");
  await say(eve, other, "mine");

  const expected = { event: "message", data: { type: "message.created", roomId: room.id, rev: 2, message: sent } };
  expect(await adas.next()).toEqual(expected);
  expect(await bobs.next()).toEqual(expected);
  expect((await eves.next()).data).toMatchObject({ roomId: other.id });
});

test("messages of many senders at once all arrive, in the order of their revs", async () => {
  const people = await users(6) as [Person, ...Person[]];
  const room = await aRoom(people[0], ...people.slice(1));
  const { next } = await listen(people[0]);
  await next("hello");

  await Promise.all(people.flatMap((person) => Array.from({ length: 15 }, (_, i) => say(person, room, `${i}`))));

  const revs: number[] = [];
  while (revs.length < 90) revs.push((await next()).data.rev);
  expect(revs).toEqual(Array.from({ length: 90 }, (_, i) => i + 2));
});

test("a new room, a new member and an ending are told to those they concern", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const bobs = await listen(bob);
  await bobs.next("hello");

  const room = await aRoom(ada);
  await ask(saveParticipant, "PUT", participant(room, bob), { as: ada, body: {} });
  await say(ada, room, "welcome");
  await ask(removeParticipant, "DELETE", participant(room, bob), { as: ada });
  await say(ada, room, "he is gone");
  const direct = await ask(createRoom, "POST", "/api/rooms", {
    as: ada,
    body: { roomType: "direct", participantIds: [bob.id] },
  });

  const heard = [await bobs.next(), await bobs.next(), await bobs.next(), await bobs.next()];
  expect(heard.map(({ data }) => data)).toMatchObject([
    { type: "participant.changed", rev: 2, participant: { userId: bob.id, role: "member" } },
    { type: "message.created", rev: 3 },
    { type: "participant.changed", rev: 4, participant: { userId: bob.id, role: null } },
    { type: "room.created", roomId: (await direct.json()).id, rev: 1 },
  ]);
});

test("a read marker reaches the reader's other device and the others in the room", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  await say(ada, room, "read me");
  const [adas, bobs] = await Promise.all([listen(ada), listen(bob)]);
  await Promise.all([adas.next("hello"), bobs.next("hello")]);

  await ask(markRead, "PUT", `/api/rooms/${room.id}/read-marker`, { as: bob, body: { seq: 1 } });

  const data = { type: "read.advanced", roomId: room.id, userId: bob.id, lastReadSeq: 1 };
  expect((await bobs.next()).data).toEqual(data);
  expect((await adas.next()).data).toEqual(data);
});

test("a changed profile is told to everybody who listens", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const bobs = await listen(bob);
  await bobs.next("hello");

  await ask(updateMe, "PATCH", "/api/me", { as: ada, body: { displayName: "Ada" } });

  for (;;) {
    const { data } = await bobs.next();
    if (data.userId === ada.id) return expect(data).toEqual({ type: "user.updated", userId: ada.id });
  }
});

test("with publishing cut, the heartbeat tells which rooms moved or are gone, and what was read elsewhere", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const [room, left] = [await aRoom(ada, bob), await aRoom(ada, bob)];
  vi.useFakeTimers({ toFake: ["setInterval"] });
  const bobs = await listen(bob);
  await bobs.next("hello");

  // Written past the operations, as if their events had been lost on the way.
  await chat()`update rooms set rev = 7, last_seq = 4 where id = ${room.id}`;
  await chat()`update room_participants set last_read_seq = 4 where room_id = ${room.id} and user_id = ${bob.id}`;
  await chat()`delete from room_participants where room_id = ${left.id} and user_id = ${bob.id}`;
  vi.advanceTimersByTime(15_000);
  vi.useRealTimers();

  expect((await bobs.next("heartbeat")).data).toEqual({
    type: "heartbeat",
    heads: { [room.id]: 7, [left.id]: null },
    reads: { [room.id]: 4 },
  });
});

test("a stream ends with the token it was opened with", async () => {
  const ada = await aUser();
  vi.useFakeTimers({ toFake: ["setInterval", "Date"] });
  const { next, ended } = await listen(ada); // the token is good for 5 minutes
  await next("hello");

  vi.advanceTimersByTime(5 * 60_000 + 15_000);
  vi.useRealTimers();

  await ended();
});

test("without Redis a stream still opens, and says where rooms stand", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);
  const url = inject("settings")["UPSTASH_REDIS_REST_URL"]!;
  process.env["UPSTASH_REDIS_REST_URL"] = "http://127.0.0.1:9";
  try {
    vi.resetModules(); // another process, as it were: its own clients, its own hub
    (await import("../lib/log.ts")).logTo(() => {});
    const { default: elsewhere } = await import("./stream-events.ts");
    const res = await ask(elsewhere, "GET", "/api/events", { as: ada });
    const text = await readUntil(res.body!, "event: hello");
    expect(text).toContain(room.id);
  } finally {
    process.env["UPSTASH_REDIS_REST_URL"] = url;
  }
});

async function readUntil(body: ReadableStream<Uint8Array>, words: string): Promise<string> {
  let text = "";
  for await (const chunk of body) {
    text += new TextDecoder().decode(chunk);
    if (text.includes(words) && text.endsWith("\n\n")) break;
  }
  return text;
}

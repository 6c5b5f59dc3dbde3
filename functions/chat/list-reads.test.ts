import { expect, test } from "vitest";
import { at, say } from "../../test/talk.ts";
import { aRoom, ask, chat, type Person, users } from "../../test/world.ts";
import listReads from "./list-reads.ts";
import markRead from "./mark-read.ts";
import type { Message } from "./model.ts";
import { crowd } from "./reads.ts";
import saveParticipant from "./save-participant.ts";

interface Page {
  reads: { userId: string; readAt: string }[];
  cursor: string | null;
}

const reads = async (as: Person, message: Message, search = "") =>
  await (await ask(listReads, "GET", `${at(message)}/reads${search}`, { as })).json() as Page;
const read = (as: Person, message: Message) =>
  ask(markRead, "PUT", `/api/rooms/${message.roomId}/read-marker`, { as, body: { seq: message.seq } });
const readers = async (as: Person, message: Message) => (await reads(as, message)).reads.map(({ userId }) => userId);

test("tells who has read a message, the earliest first, without its sender", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const room = await aRoom(ada, bob, eve);
  const [first, second] = [await say(ada, room, "1"), await say(ada, room, "2")];
  await read(eve, first);
  await read(bob, second);

  expect(await readers(ada, first)).toEqual([eve.id, bob.id]);
  expect(await readers(bob, second)).toEqual([bob.id]);
});

test("an answer shows that its sender has read what was before", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(ada, room, "?");
  await say(bob, room, "!");

  expect(await readers(ada, message)).toEqual([bob.id]);
});

test("who joined later has not read what was before", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada);
  const message = await say(ada, room, "before");
  await ask(saveParticipant, "PUT", `/api/rooms/${room.id}/participants/${bob.id}`, { as: ada, body: {} });
  const later = await say(ada, room, "after");
  await read(bob, later);

  expect(await readers(ada, message)).toEqual([]);
  expect(await readers(ada, later)).toEqual([bob.id]);
});

test("in a crowd it derives from the markers", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const many = Array.from({ length: crowd }, () => crypto.randomUUID());
  await chat()`
    insert into room_participants (room_id, user_id, role, rev)
    select ${room.id}, id, 'member', 1 from unnest(${many}::uuid[]) as id
  `;
  const message = await say(ada, room, "to all");
  await read(bob, message);

  expect(await chat()`select from message_reads where message_id = ${message.id}`).toHaveLength(0);
  expect(await readers(ada, message)).toEqual([bob.id]);
});

test("pages lead through all readers once", async () => {
  const people = await users(5) as [Person, ...Person[]];
  const room = await aRoom(people[0], ...people.slice(1));
  const message = await say(people[0], room);
  await Promise.all(people.slice(1).map((person) => read(person, message)));

  const first = await reads(people[0], message, "?limit=3");
  const second = await reads(people[0], message, `?limit=3&cursor=${encodeURIComponent(first.cursor!)}`);

  expect([first.reads.length, second.reads.length, second.cursor]).toEqual([3, 1, null]);
  expect(new Set([...first.reads, ...second.reads].map(({ userId }) => userId)).size).toBe(4);
});

test("a message of another room is 404", async () => {
  const [ada] = await users(1) as [Person];
  const [room, other] = [await aRoom(ada), await aRoom(ada)];
  const message = await say(ada, other);

  const res = await ask(listReads, "GET", `${at({ ...message, roomId: room.id })}/reads`, { as: ada });

  expect(res.status).toBe(404);
  expect(await res.json()).toMatchObject({ type: "/problems/message-not-found" });
});

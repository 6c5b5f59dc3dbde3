import { expect, test } from "vitest";
import { at, changesSince, historyOf, listen, say } from "../../test/talk.ts";
import { aRoom, ask, type Person, users } from "../../test/world.ts";
import deleteMessage from "./delete-message.ts";
import editMessage from "./edit-message.ts";
import type { Change, Message } from "./model.ts";
import react from "./react.ts";

const edit = (as: Person, message: Message, content: string) =>
  ask(editMessage, "PATCH", at(message), { as, body: { content } });

test("the sender's edit is what everyone reads, with a rev of its own and the same place", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(ada, room, "helo");
  await say(bob, room, "?");

  const res = await edit(ada, message, "hello");

  expect(res.status).toBe(200);
  const edited = await res.json() as Message;
  expect(edited).toMatchObject({ id: message.id, content: "hello", seq: 1, rev: 4, createdAt: message.createdAt });
  expect(Date.parse(edited.updatedAt)).toBeGreaterThan(Date.parse(message.createdAt));
  expect((await historyOf(bob, room))[0]).toEqual(edited);
  expect(await changesSince(bob, room, 3)).toEqual([
    { type: "message.updated", roomId: room.id, rev: 4, message: edited },
  ]);
});

test("everyone who listens hears of it once", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(ada, room, "helo");
  const ear = await listen(bob);
  await ear.next("hello");

  const edited = await (await edit(ada, message, "hello")).json();
  await say(ada, room, "next");

  expect((await ear.next()).data).toEqual({ type: "message.updated", roomId: room.id, rev: 3, message: edited });
  expect((await ear.next()).data).toMatchObject({ type: "message.created", rev: 4 });
  ear.close();
});

test("the same text again changes nothing", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);
  const message = await say(ada, room, "same");

  const res = await edit(ada, message, "same");

  expect(res.status).toBe(200);
  expect(await res.json()).toEqual(message);
  expect(await changesSince(ada, room, 2)).toEqual([]);
});

test("nobody else edits it, not even the owner: 403; a stranger finds no room: 404", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(bob, room, "mine");

  expect((await edit(ada, message, "ours")).status).toBe(403);
  expect((await edit(eve, message, "theirs")).status).toBe(404);

  expect((await historyOf(bob, room))[0]).toEqual(message);
});

test("a message of another room is not found through this one, and a deleted one stays deleted: 409", async () => {
  const [ada] = await users(1) as [Person];
  const [room, other] = [await aRoom(ada), await aRoom(ada)];
  const [here, there] = [await say(ada, room), await say(ada, other)];
  await ask(deleteMessage, "DELETE", at(here), { as: ada });

  expect((await edit(ada, { ...there, roomId: room.id }, "moved")).status).toBe(404);
  expect((await edit(ada, here, "back")).status).toBe(409);
});

test("edits and reactions at once: each takes its rev, and an edit tells exactly the reactions before it", async () => {
  const people = await users(6) as [Person, ...Person[]];
  const room = await aRoom(people[0], ...people.slice(1));
  const message = await say(people[0], room, "0");
  const thumb = `${at(message)}/reactions/${encodeURIComponent("👍")}`;
  const ear = await listen(people[0]);
  await ear.next("hello");

  await Promise.all(people.flatMap((as, i) => [
    ask(react, "PUT", thumb, { as }),
    edit(people[0], message, `${i + 1}`),
  ]));

  const heard: Change[] = [];
  while (heard.length < 12) heard.push((await ear.next()).data);
  ear.close();
  expect(heard.map(({ rev }) => rev)).toEqual(heard.map((_, i) => i + 3));
  const given: string[] = [];
  for (const change of heard) {
    if (change.type === "reaction.changed") given.push(change.reaction.userId);
    if (change.type !== "message.updated") continue;
    expect(change.message.reactions).toEqual(given.length ? [{ emoji: "👍", userIds: given }] : []);
  }
});

test.each(["", " ", "\0", "x".repeat(4001)])("refuses the text %j with 400", async (content) => {
  const [ada] = await users(1) as [Person];
  const message = await say(ada, await aRoom(ada));

  expect((await edit(ada, message, content)).status).toBe(400);
});

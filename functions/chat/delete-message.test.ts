import { expect, test } from "vitest";
import { at, changesSince, historyOf, listen, say } from "../../test/talk.ts";
import { aRoom, ask, chat, type Person, users } from "../../test/world.ts";
import deleteMessage from "./delete-message.ts";
import type { Message } from "./model.ts";
import react from "./react.ts";
import saveParticipant from "./save-participant.ts";

const remove = (as: Person, message: Message) => ask(deleteMessage, "DELETE", at(message), { as });

test("a deleted message keeps its place without content and reactions, and everyone hears of it", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(ada, room, "secret");
  await ask(react, "PUT", `${at(message)}/reactions/${encodeURIComponent("🎉")}`, { as: bob });
  const ear = await listen(bob);
  await ear.next("hello");

  const res = await remove(ada, message);

  expect(res.status).toBe(204);
  const [tombstone] = await historyOf(bob, room);
  expect(tombstone).toMatchObject({ id: message.id, seq: 1, rev: 4, content: "", reactions: [] });
  expect(tombstone!.deletedAt).toEqual(expect.any(String));
  const change = { type: "message.deleted", roomId: room.id, rev: 4, message: tombstone };
  expect((await ear.next()).data).toEqual(change);
  expect(await changesSince(bob, room, 1)).toEqual([change]);
  expect((await chat()`select content from messages where id = ${message.id}`)[0]).toEqual({ content: "" });
  ear.close();
});

test("deleting twice is one change: 204 both times", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);
  const message = await say(ada, room);

  expect([(await remove(ada, message)).status, (await remove(ada, message)).status]).toEqual([204, 204]);

  expect(await changesSince(ada, room, 3)).toEqual([]);
});

test("its sender, an admin and an owner may; another member may not", async () => {
  const [owner, admin, member, other] = await users(4) as [Person, Person, Person, Person];
  const room = await aRoom(owner, admin, member, other);
  await ask(saveParticipant, "PUT", `/api/rooms/${room.id}/participants/${admin.id}`, {
    as: owner,
    body: { role: "admin" },
  });
  const [one, two, three] = [await say(member, room), await say(owner, room), await say(admin, room)];

  expect((await remove(other, one)).status).toBe(403);
  expect((await remove(member, one)).status).toBe(204);
  expect((await remove(admin, two)).status).toBe(204);
  expect((await remove(owner, three)).status).toBe(204);
});

test("what was deleted while somebody reacted has no reactions, whoever came first", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);

  for (let round = 0; round < 15; round++) {
    const message = await say(ada, room);
    const path = `${at(message)}/reactions/${encodeURIComponent("👀")}`;
    await Promise.all([remove(ada, message), ask(react, "PUT", path, { as: bob })]);

    expect((await historyOf(bob, room)).at(-1)).toMatchObject({ id: message.id, reactions: [] });
    expect((await changesSince(bob, room, message.rev)).map(({ type }) => type)).toEqual(["message.deleted"]);
  }
});

test("an unknown message is 404", async () => {
  const [ada] = await users(1) as [Person];
  const message = await say(ada, await aRoom(ada));

  expect((await remove(ada, { ...message, id: crypto.randomUUID() })).status).toBe(404);
});

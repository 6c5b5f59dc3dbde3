import { expect, test } from "vitest";
import { at, changesSince, historyOf, listen, say } from "../../test/talk.ts";
import { aRoom, ask, chat, type Person, users } from "../../test/world.ts";
import deleteMessage from "./delete-message.ts";
import type { Message } from "./model.ts";
import react from "./react.ts";
import unreact from "./unreact.ts";

const path = (message: Message, emoji: string) => `${at(message)}/reactions/${encodeURIComponent(emoji)}`;
const give = (as: Person, message: Message, emoji: string) => ask(react, "PUT", path(message, emoji), { as });
const take = (as: Person, message: Message, emoji: string) => ask(unreact, "DELETE", path(message, emoji), { as });

test("reactions are seen in the history, the first emoji first and the first person first", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(ada, room);

  for (const [who, emoji] of [[bob, "🎉"], [ada, "👍"], [ada, "🎉"]] as const) {
    expect((await give(who, message, emoji)).status).toBe(204);
  }

  expect((await historyOf(bob, room))[0]!.reactions).toEqual([
    { emoji: "🎉", userIds: [bob.id, ada.id] },
    { emoji: "👍", userIds: [ada.id] },
  ]);
});

test("giving and taking back each take a rev, which streams and get-changes tell; the message's own stays", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const message = await say(ada, room);
  const ear = await listen(ada);
  await ear.next("hello");

  await give(bob, message, "❤️");
  await take(bob, message, "❤️");

  const changed = (rev: number, isOn: boolean) => ({
    type: "reaction.changed",
    roomId: room.id,
    rev,
    reaction: { messageId: message.id, userId: bob.id, emoji: "❤️", isOn },
  });
  expect([(await ear.next()).data, (await ear.next()).data]).toEqual([changed(3, true), changed(4, false)]);
  expect(await changesSince(ada, room, 2)).toEqual([changed(4, false)]);
  expect(await historyOf(ada, room)).toEqual([message]);
  ear.close();
});

test("a second time is no change: 204 and no rev", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);
  const message = await say(ada, room);

  const answers = [
    await give(ada, message, "👍"),
    await give(ada, message, "👍"),
    await take(ada, message, "👍"),
    await take(ada, message, "👍"),
    await take(ada, message, "🦊"),
  ];

  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
  expect((await chat()`select rev from rooms where id = ${room.id}`)[0]).toEqual({ rev: 4 });
});

test("twenty people at once are all counted", async () => {
  const people = await users(20) as [Person, ...Person[]];
  const room = await aRoom(people[0], ...people.slice(1));
  const message = await say(people[0], room);

  await Promise.all(people.map((person) => give(person, message, "🚀")));

  const [now] = await historyOf(people[0], room);
  expect(new Set(now!.reactions[0]!.userIds)).toEqual(new Set(people.map(({ id }) => id)));
  expect((await changesSince(people[0], room, 2)).map(({ rev }) => rev)).toEqual(people.map((_, i) => i + 3));
});

test("a message takes 20 different emoji, and more of those it has", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const message = await say(ada, await aRoom(ada, bob));
  const emoji = Array.from("😀😃😄😁😆😅😂🤣😊😇🙂🙃😉😌😍🥰😘😗😙😚😋");

  for (const one of emoji.slice(0, 20)) expect((await give(ada, message, one)).status).toBe(204);

  const refused = await give(ada, message, emoji[20]!);
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ type: "/problems/too-many-reactions" });
  expect((await give(bob, message, emoji[0]!)).status).toBe(204);
});

test("a deleted message takes no reaction: 409, and taking back finds none: 204", async () => {
  const [ada] = await users(1) as [Person];
  const message = await say(ada, await aRoom(ada));
  await give(ada, message, "👍");
  await ask(deleteMessage, "DELETE", at(message), { as: ada });

  expect((await give(ada, message, "👎")).status).toBe(409);
  expect((await take(ada, message, "👍")).status).toBe(204);
});

test.each(["a", "👍👍", "👍 ", "\u200d", "%00", "x".repeat(100), ":+1:", "1"])(
  "refuses %j as an emoji",
  async (text) => {
    const [ada] = await users(1) as [Person];
    const message = await say(ada, await aRoom(ada));

    expect((await give(ada, message, text)).status).toBe(400);
  },
);

test.each(["👍🏽", "👩‍👩‍👧", "🇳🇱", "1️⃣", "❤️"])("takes %s, which is one emoji of several code points", async (emoji) => {
  const [ada] = await users(1) as [Person];
  const message = await say(ada, await aRoom(ada));

  expect((await give(ada, message, emoji)).status).toBe(204);
});

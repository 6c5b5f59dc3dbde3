import { expect, test } from "vitest";
import { at, say } from "../../test/talk.ts";
import { aRoom, ask, type Person, users } from "../../test/world.ts";
import deleteMessage from "./delete-message.ts";
import editMessage from "./edit-message.ts";
import type { Message } from "./model.ts";
import searchMessages from "./search-messages.ts";

interface Page {
  messages: Message[];
  cursor: string | null;
}

const search = async (as: Person, of: Record<string, string>) => {
  const res = await ask(searchMessages, "GET", `/api/messages/search?${new URLSearchParams(of)}`, { as });
  expect(res.status).toBe(200);
  return await res.json() as Page;
};
const found = async (as: Person, q: string) => (await search(as, { q })).messages.map(({ content }) => content);

test("finds what was said in my rooms, the newest first, and nothing of other people's", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const [room, secret] = [await aRoom(ada, bob), await aRoom(ada)];
  const one = await say(ada, room, "The kettle is on");
  await say(ada, secret, "The kettle is mine");
  const two = await say(bob, room, "KETTLE?");

  expect(await search(bob, { q: "kettle" })).toEqual({ messages: [two, one], cursor: null });
  expect(await found(ada, "kettle")).toEqual(["KETTLE?", "The kettle is mine", "The kettle is on"]);
});

test("one room can be named; one that I am not in has nothing to be found", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const [room, other] = [await aRoom(ada), await aRoom(ada)];
  await say(ada, room, "here");
  await say(ada, other, "here too");

  expect((await search(ada, { q: "here", roomId: room.id })).messages).toHaveLength(1);
  expect((await search(bob, { q: "here", roomId: room.id })).messages).toEqual([]);
});

test("an edited message is found by its new words, a deleted one by none", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);
  const [one, two] = [await say(ada, room, "apple"), await say(ada, room, "pear")];
  await ask(editMessage, "PATCH", at(one), { as: ada, body: { content: "plum" } });
  await ask(deleteMessage, "DELETE", at(two), { as: ada });

  expect([await found(ada, "apple"), await found(ada, "plum"), await found(ada, "pear")]).toEqual([[], ["plum"], []]);
});

test.each([
  ["kett", ["the blue kettle"]],
  ["kettle blue", ["the blue kettle"]],
  ['"blue kettle"', ["the blue kettle"]],
  ['"kettle blue"', []],
  ["kettle or cup", ["a cup", "the blue kettle"]],
  ["-kettle cup", ["a cup"]],
  ["a -cup", []],
  ["-zzz", []],
  ["blue -kett", ["the blue kettle"]],
  ['"blue kett"', []],
  ['cup -"blue kettle"', ["a cup"]],
  ["'", []],
  ["!!! & | ( :* <->", []],
  ["日本", ["日本語"]],
])("understands %s", async (q, expected) => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);
  for (const content of ["the blue kettle", "a cup", "日本語"]) await say(ada, room, content);

  expect(await found(ada, q)).toEqual(expected);
});

test("pages lead through everything once", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);
  for (let i = 0; i < 5; i++) await say(ada, room, `page ${i}`);

  const first = await search(ada, { q: "page", limit: "3" });
  const second = await search(ada, { q: "page", limit: "3", cursor: first.cursor! });

  expect([...first.messages, ...second.messages].map(({ content }) => content)).toEqual(
    [4, 3, 2, 1, 0].map((i) => `page ${i}`),
  );
  expect(second.cursor).toBeNull();
});

test.each(["", "q=", "q=%20", `q=${"x".repeat(81)}`, "q=a&roomId=x", "q=a&limit=101", "q=a%00"])(
  "refuses ?%s with 400",
  async (query) => {
    const [ada] = await users(1) as [Person];

    expect((await ask(searchMessages, "GET", `/api/messages/search?${query}`, { as: ada })).status).toBe(400);
  },
);

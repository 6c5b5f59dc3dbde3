import { beforeAll, expect, test } from "vitest";
import { aMessage, aRoom, ask, aUser, type Person } from "../../test/world.ts";
import listMessages from "./list-messages.ts";
import type { Message, Room } from "./model.ts";
import sendMessage from "./send-message.ts";

let ada: Person;
let room: Room;

beforeAll(async () => {
  ada = await aUser();
  room = await aRoom(ada);
  for (let i = 1; i <= 7; i++) {
    await ask(sendMessage, "POST", `/api/rooms/${room.id}/messages`, { as: ada, body: aMessage(`message ${i}`) });
  }
});

test.each([
  ["the newest page by default", "?limit=3", [5, 6, 7], true],
  ["all that there is", "", [1, 2, 3, 4, 5, 6, 7], false],
  ["what came before", "?before=5&limit=3", [2, 3, 4], true],
  ["the first page", "?before=4&limit=3", [1, 2, 3], false],
  ["what came after", "?after=2&limit=3", [3, 4, 5], true],
  ["nothing after the newest", "?after=7", [], false],
  ["what lies between", "?after=2&before=5", [3, 4], false],
])("gives %s, in the order of seq", async (_, search, seqs, hasMore) => {
  const res = await ask(listMessages, "GET", `/api/rooms/${room.id}/messages${search}`, { as: ada });

  expect(res.status).toBe(200);
  const page = await res.json() as { messages: Message[]; hasMore: boolean; rev: number };
  expect(page.messages.map(({ seq }) => seq)).toEqual(seqs);
  expect(page).toMatchObject({ hasMore, rev: 8 });
});

test("a message reads the same here as when it was sent", async () => {
  const mine = aMessage("the same");
  const other = await aRoom(ada);
  const sent = await ask(sendMessage, "POST", `/api/rooms/${other.id}/messages`, { as: ada, body: mine });

  const res = await ask(listMessages, "GET", `/api/rooms/${other.id}/messages`, { as: ada });

  expect((await res.json()).messages).toEqual([await sent.json()]);
});

test.each(["limit=0", "limit=101", "before=0", "before=-1", "after=1.5", "before=x", "before=99999999999999999999"])(
  "refuses ?%s with 400",
  async (search) => {
    const res = await ask(listMessages, "GET", `/api/rooms/${room.id}/messages?${search}`, { as: ada });

    expect(res.status).toBe(400);
  },
);

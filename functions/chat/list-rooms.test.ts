import { expect, test } from "vitest";
import { aMessage, aRoom, ask, aUser, chat, type Person } from "../../test/world.ts";
import listRooms from "./list-rooms.ts";
import type { Room } from "./model.ts";
import sendMessage from "./send-message.ts";

const list = async (as: Person, search = "") => {
  const res = await ask(listRooms, "GET", `/api/rooms${search}`, { as });
  expect(res.status).toBe(200);
  return await res.json() as { rooms: Room[]; cursor: string | null };
};

test("lists my rooms with unread count and last message, the latest change first, and nobody else's", async () => {
  const [ada, bob] = [await aUser(), await aUser()];
  const [quiet, busy] = [await aRoom(bob, ada), await aRoom(bob, ada)];
  await aRoom(bob);
  for (const content of ["one", "two"]) {
    await ask(sendMessage, "POST", `/api/rooms/${busy.id}/messages`, { as: bob, body: aMessage(content) });
  }

  const { rooms, cursor } = await list(ada);

  expect(rooms.map(({ id }) => id)).toEqual([busy.id, quiet.id]);
  expect(rooms[0]).toMatchObject({ unreadCount: 2, lastSeq: 2, rev: 3, role: "member" });
  expect(rooms[0]!.lastMessage).toMatchObject({
    content: "two",
    seq: 2,
    createdAt: expect.stringMatching(/\.\d{3}Z$/),
  });
  expect(rooms[1]).toMatchObject({ unreadCount: 0, lastMessage: null });
  expect(cursor).toBeNull();
});

test("pages through every room once", async () => {
  const ada = await aUser();
  const made = [];
  for (let i = 0; i < 5; i++) made.push((await aRoom(ada)).id);

  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await list(ada, `?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.rooms.map(({ id }) => id));
    cursor = page.cursor;
  }

  expect(seen).toEqual(made.reverse());
});

test("rooms that changed within one millisecond are all on some page", async () => {
  const ada = await aUser();
  const rooms = await Promise.all(Array.from({ length: 4 }, () => aRoom(ada)));
  for (const [i, { id }] of rooms.entries()) {
    await chat()`update rooms set updated_at = ${`2026-01-01T00:00:00.00000${
      i + 1
    }Z`}::text::timestamptz where id = ${id}`;
  }

  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page = await list(ada, `?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.rooms.map(({ id }) => id));
    cursor = page.cursor;
  }

  expect(seen).toEqual(rooms.map(({ id }) => id).reverse());
});

test("a cursor that holds no time is refused with 400", async () => {
  const id = crypto.randomUUID();
  const times = ["9999999999", "----------", "2026-02-31T00:00:00.000000Z", "999999-01-01 00:00:00"];

  for (const time of times) {
    const cursor = btoa(encodeURIComponent(JSON.stringify([time, id])));
    const res = await ask(listRooms, "GET", `/api/rooms?cursor=${encodeURIComponent(cursor)}`, { as: await aUser() });
    expect(res.status).toBe(400);
  }
});

test.each(["limit=0", "limit=101", "limit=x", "cursor=nonsense", "cursor=WyJhIl0%3D"])(
  "refuses ?%s with 400",
  async (search) => {
    const res = await ask(listRooms, "GET", `/api/rooms?${search}`, { as: await aUser() });

    expect(res.status).toBe(400);
  },
);

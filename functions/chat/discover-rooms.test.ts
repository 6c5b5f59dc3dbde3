import { expect, test } from "vitest";
import { aRoom, ask, type Person, users } from "../../test/world.ts";
import createRoom from "./create-room.ts";
import discoverRooms from "./discover-rooms.ts";
import type { DiscoveredRoom, Room } from "./model.ts";

interface Page {
  rooms: DiscoveredRoom[];
  cursor: string | null;
}

const discover = async (as: Person, search: Record<string, string>) => {
  const res = await ask(discoverRooms, "GET", `/api/rooms/discover?${new URLSearchParams(search)}`, { as });
  expect(res.status).toBe(200);
  return await res.json() as Page;
};

const aPublicRoom = async (as: Person, name: string, description: string | null = null) => {
  const body = { roomType: "public", name, description };
  return await (await ask(createRoom, "POST", "/api/rooms", { as, body })).json() as Room;
};

test("finds public rooms by name or description, whoever is in them, and no others", async () => {
  const [ada, eve] = await users(2) as [Person, Person];
  const word = crypto.randomUUID().slice(0, 8);
  const named = await aPublicRoom(ada, `The ${word.toUpperCase()} room`);
  const described = await aPublicRoom(eve, "Square", `all about ${word}s`);
  await ask(createRoom, "POST", "/api/rooms", { as: ada, body: { roomType: "group", name: word } });

  const { rooms } = await discover(eve, { q: word });

  expect(rooms).toEqual([
    {
      id: described.id,
      name: "Square",
      description: `all about ${word}s`,
      createdAt: described.createdAt,
      updatedAt: described.updatedAt,
      participantCount: 1,
      isMember: true,
    },
    expect.objectContaining({ id: named.id, isMember: false }),
  ]);
});

test("pages lead through all of them once; what looks like a pattern is taken literally", async () => {
  const [ada] = await users(1) as [Person];
  const word = crypto.randomUUID().slice(0, 8);
  for (let i = 0; i < 5; i++) await aPublicRoom(ada, `${word} 100%_${i}`);
  await aRoom(ada);

  const first = await discover(ada, { q: `${word} 100%_`, limit: "3" });
  const second = await discover(ada, { q: `${word} 100%_`, limit: "3", cursor: first.cursor! });

  expect([...first.rooms, ...second.rooms].map(({ name }) => name)).toEqual(
    [4, 3, 2, 1, 0].map((i) => `${word} 100%_${i}`),
  );
  expect(second.cursor).toBeNull();
  expect((await discover(ada, { q: `${word}%0` })).rooms).toEqual([]);
});

test("without words it gives the public rooms, the one with the latest change first", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aPublicRoom(ada, "Newest");

  const { rooms } = await discover(ada, { limit: "100" });

  expect(rooms.map(({ id }) => id)).toContain(room.id);
});

import { expect, test } from "vitest";
import { aRoom, ask, type Person, users } from "../../test/world.ts";
import listParticipants from "./list-participants.ts";
import type { Participant } from "./model.ts";

interface Page {
  participants: Participant[];
  rev: number;
  cursor: string | null;
}

const list = (as: Person, room: { id: string }, search = "") =>
  ask(listParticipants, "GET", `/api/rooms/${room.id}/participants${search}`, { as });

test("pages lead through everyone once, also through those who joined in one moment", async () => {
  const people = await users(7) as [Person, ...Person[]];
  const room = await aRoom(people[0], ...people.slice(1));

  const seen: string[] = [];
  let page: Page | undefined;
  do {
    const search: string = page ? `?limit=3&cursor=${encodeURIComponent(page.cursor!)}` : "?limit=3";
    page = await (await list(people[3]!, room, search)).json() as Page;
    expect(page.rev).toBe(1);
    seen.push(...page.participants.map(({ userId }) => userId));
  } while (page.cursor);

  expect(seen).toHaveLength(7);
  expect(new Set(seen)).toEqual(new Set(people.map(({ id }) => id)));
});

test("tells role, when they joined and how far they have read", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);

  const page = await (await list(ada, room)).json() as Page;

  expect(page).toEqual({
    participants: [{ userId: ada.id, role: "owner", joinedAt: room.createdAt, lastReadSeq: 0, lastReadAt: null }],
    rev: 1,
    cursor: null,
  });
});

test.each(["?limit=0", "?limit=101", "?cursor=nonsense"])("refuses %s with 400", async (search) => {
  const [ada] = await users(1) as [Person];

  expect((await list(ada, await aRoom(ada), search)).status).toBe(400);
});

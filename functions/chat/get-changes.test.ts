import { expect, test } from "vitest";
import { aMessage, aRoom, ask, aUser, type Person, users } from "../../test/world.ts";
import getChanges from "./get-changes.ts";
import removeParticipant from "./remove-participant.ts";
import saveParticipant from "./save-participant.ts";
import type { Change, Room } from "./model.ts";
import sendMessage from "./send-message.ts";

interface Page {
  changes: Change[];
  rev: number;
  hasMore: boolean;
  truncated: boolean;
}

const changes = async (as: Person, room: Room, search: string) => {
  const res = await ask(getChanges, "GET", `/api/rooms/${room.id}/changes?${search}`, { as });
  expect(res.status).toBe(200);
  return await res.json() as Page;
};

const say = (as: Person, room: Room, content: string) =>
  ask(sendMessage, "POST", `/api/rooms/${room.id}/messages`, { as, body: aMessage(content) });

const participant = (room: Room, person: Person) => `/api/rooms/${room.id}/participants/${person.id}`;

test("tells everything after a rev, in rev order, and where the caller stands then", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  const room = await aRoom(ada, bob); // rev 1
  await say(ada, room, "two");
  await ask(saveParticipant, "PUT", participant(room, eve), { as: ada, body: {} }); // rev 3
  await say(eve, room, "four");
  await ask(removeParticipant, "DELETE", participant(room, bob), { as: ada }); // rev 5

  const page = await changes(ada, room, "since=1");

  expect(page).toMatchObject({ rev: 5, hasMore: false, truncated: false });
  expect(page.changes).toMatchObject([
    { type: "message.created", rev: 2, message: { content: "two", seq: 1 } },
    { type: "participant.changed", rev: 3, participant: { userId: eve.id, role: "member" } },
    { type: "message.created", rev: 4, message: { content: "four", seq: 2 } },
    { type: "participant.changed", rev: 5, participant: { userId: bob.id, role: null } },
  ]);
});

test("from the beginning it tells how the room was made, with all its people, even past the limit", async () => {
  const people = await users(4) as [Person, ...Person[]];
  const room = await aRoom(people[0], ...people.slice(1));
  await say(people[0], room, "two");

  const page = await changes(people[0], room, "since=0&limit=2");

  expect(page).toMatchObject({ rev: 1, hasMore: true });
  expect(page.changes.map(({ type }) => type)).toEqual(["room.created", ...Array(4).fill("participant.changed")]);
});

test("pages lead through every change once", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);
  for (let i = 0; i < 7; i++) await say(ada, room, `${i}`);

  const seen: string[] = [];
  for (
    let page = await changes(ada, room, "since=1&limit=3");;
    page = await changes(ada, room, `since=${page.rev}&limit=3`)
  ) {
    for (const change of page.changes) if ("message" in change) seen.push(change.message.content);
    if (!page.hasMore) break;
  }

  expect(seen).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
});

test("somebody who comes back is told of once, as a member", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  await ask(removeParticipant, "DELETE", participant(room, bob), { as: ada });
  await ask(saveParticipant, "PUT", participant(room, bob), { as: ada, body: {} });

  const page = await changes(ada, room, "since=1");

  expect(page.changes).toMatchObject([{ rev: 3, participant: { userId: bob.id, role: "member" } }]);
});

test("nothing new is nothing, and a rev the room never had is truncated", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);

  expect(await changes(ada, room, "since=1")).toEqual({
    changes: [],
    rev: 1,
    head: 1,
    hasMore: false,
    truncated: false,
  });
  expect(await changes(ada, room, "since=9")).toMatchObject({ rev: 1, truncated: true });
});

test.each(["", "since=-1", "since=x", "since=0&limit=0", "since=0&limit=101"])(
  "refuses ?%s with 400",
  async (search) => {
    const ada = await aUser();
    const room = await aRoom(ada);

    const res = await ask(getChanges, "GET", `/api/rooms/${room.id}/changes?${search}`, { as: ada });

    expect(res.status).toBe(400);
  },
);

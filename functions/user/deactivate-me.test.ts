import { expect, test } from "vitest";
import createRoom from "../chat/create-room.ts";
import getRoom from "../chat/get-room.ts";
import listRooms from "../chat/list-rooms.ts";
import saveParticipant from "../chat/save-participant.ts";
import { type Held, heldBack } from "../../test/latch.ts";
import { changesSince, historyOf, listen, say } from "../../test/talk.ts";
import { aRoom, ask, aToken, chat, type Person, users } from "../../test/world.ts";
import type { Participant } from "../chat/model.ts";
import { userDb } from "../lib/database.ts";
import { clientOf } from "../lib/needs.ts";
import deactivateMe from "./deactivate-me.ts";
import getMe from "./get-me.ts";
import getUser from "./get-user.ts";
import listContacts from "./list-contacts.ts";
import saveContact from "./save-contact.ts";
import searchUsers from "./search-users.ts";
import setPresence from "./set-presence.ts";
import updateMe from "./update-me.ts";

const deactivate = (as: Person) => ask(deactivateMe, "DELETE", "/api/me", { as });

const rolesIn = async (as: Person, room: { id: string }) => {
  const { participants } = await (await ask(getRoom, "GET", `/api/rooms/${room.id}`, { as })).json();
  return Object.fromEntries((participants as Participant[]).map(({ userId, role }) => [userId, role]));
};

test("the account is closed, its profile blank, and what was said stays", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(bob, ada);
  const message = await say(ada, room, "remember me");
  await ask(updateMe, "PATCH", "/api/me", { as: ada, body: { bio: "Mathematician", phoneNumber: "+31 20 1234567" } });
  await ask(saveContact, "PUT", `/api/contacts/${bob.id}`, { as: ada, body: {} });

  const answers = [await deactivate(ada), await deactivate(ada)];

  expect(answers.map(({ status }) => status)).toEqual([204, 204]);
  const shown = await (await ask(getUser, "GET", `/api/users/${ada.id}`, { as: bob })).json();
  expect(shown).toEqual({
    id: ada.id,
    username: `deactivated:${ada.id}`,
    displayName: "Deactivated account",
    bio: null,
    avatarUrl: null,
    status: null,
    lastSeen: null,
  });
  const found = await ask(searchUsers, "GET", `/api/users?q=${ada.username}`, { as: bob });
  expect((await found.json()).users.map(({ id }: Person) => id)).not.toContain(ada.id);
  expect(await historyOf(bob, room)).toEqual([message]);
});

test("its token opens nothing any more: 403, and 404 for the rooms it was in", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  await deactivate(ada);

  const answers = await Promise.all([
    ask(getMe, "GET", "/api/me", { as: ada }),
    ask(listContacts, "GET", "/api/contacts", { as: ada }),
    ask(listRooms, "GET", "/api/rooms", { as: ada }),
    ask(createRoom, "POST", "/api/rooms", { as: ada, body: { roomType: "group", name: "Back" } }),
    ask(getRoom, "GET", `/api/rooms/${room.id}`, { as: ada }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 404]);
  expect(await answers[0]!.json()).toMatchObject({ type: "/problems/account-deactivated" });
});

test("a room without another owner gets one: an admin before a member, the longest there first", async () => {
  const [ada, bob, eve, dan] = await users(4) as [Person, Person, Person, Person];
  const room = await aRoom(ada, bob, eve);
  const path = (person: Person) => `/api/rooms/${room.id}/participants/${person.id}`;
  await ask(saveParticipant, "PUT", path(dan), { as: ada, body: { role: "admin" } }); // rev 2
  const ear = await listen(dan);
  await ear.next("hello");

  await deactivate(ada);

  expect(await rolesIn(bob, room)).toEqual({ [bob.id]: "member", [eve.id]: "member", [dan.id]: "owner" });
  const left = { type: "participant.changed", roomId: room.id, rev: 3, participant: { userId: ada.id, role: null } };
  const heir = { type: "participant.changed", rev: 4, participant: { userId: dan.id, role: "owner" } };
  expect((await ear.next()).data).toEqual(left);
  expect((await ear.next()).data).toMatchObject(heir);
  const changes = await changesSince(bob, room, 2);
  expect(changes[0]).toEqual(left);
  expect(changes[1]).toMatchObject(heir);
  expect(changes).toHaveLength(2);
  ear.close();
});

test("a room that would be empty is deleted; a direct room stays with the other person", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const alone = await aRoom(ada);
  const body = { roomType: "direct", participantIds: [bob.id] };
  const direct = await (await ask(createRoom, "POST", "/api/rooms", { as: ada, body })).json();
  await say(ada, direct, "farewell");

  await deactivate(ada);

  expect(await chat()`select id from rooms where id = ${alone.id}`).toHaveLength(0);
  expect(await rolesIn(bob, direct)).toEqual({ [bob.id]: "owner" });
  expect(await historyOf(bob, direct)).toHaveLength(1);
});

test("all owners of many rooms leave at once: nobody waits for another for ever, and no room is left without an owner", async () => {
  const people = await users(4) as [Person, ...Person[]];
  const last = people[3]!;
  const rooms = [];
  for (let i = 0; i < 10; i++) rooms.push(await aRoom(people[i % 3]!, ...people.filter((_, n) => n !== i % 3)));

  const answers = await Promise.all(people.slice(0, 3).map(deactivate));

  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  for (const room of rooms) expect(await rolesIn(last, room)).toEqual({ [last.id]: "owner" });
});

test("somebody whom only the identity provider knew may leave before they came", async () => {
  const [ada] = await users(1) as [Person];
  const id = crypto.randomUUID();
  const newcomer = { ...ada, id, token: await aToken({ sub: id, preferred_username: id }) };

  expect((await deactivate(newcomer)).status).toBe(204);
  expect((await ask(getMe, "GET", "/api/me", { as: newcomer })).status).toBe(403);
});

test("a change of one's own that meets the deactivation does not undo it", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const lock = (sql: Held) => sql`select from user_profiles where user_id = ${ada.id} for update`;

  const { answers } = await heldBack("USER_DATABASE_URL", lock, async (waiting) => {
    const leaving = deactivate(ada);
    await waiting(1);
    const body = { displayName: "Real name", bio: "Still here" };
    const changes = [
      ask(updateMe, "PATCH", "/api/me", { as: ada, body }),
      ask(setPresence, "PUT", "/api/presence", { as: ada, body: { status: "online" } }),
      ask(saveContact, "PUT", `/api/contacts/${bob.id}`, { as: ada, body: { nickname: "Secret" } }),
    ];
    return { answers: Promise.all([leaving, ...changes]) };
  });

  expect((await answers).map(({ status }) => status)).toEqual([204, 403, 403, 403]);
  const shown = await (await ask(getUser, "GET", `/api/users/${ada.id}`, { as: bob })).json();
  expect(shown).toMatchObject({ displayName: "Deactivated account", bio: null, lastSeen: null });
  expect([...await clientOf(userDb)`select contact_id from contacts where user_id = ${ada.id}`]).toEqual([]);
});

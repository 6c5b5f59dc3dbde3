import { expect, test } from "vitest";
import { type Held, heldBack } from "../../test/latch.ts";
import { historyOf, listen, say } from "../../test/talk.ts";
import { aMessage, aRoom, ask, chat, type Person, users } from "../../test/world.ts";
import deactivateMe from "../user/deactivate-me.ts";
import createRoom from "./create-room.ts";
import deleteRoom from "./delete-room.ts";
import saveParticipant from "./save-participant.ts";
import sendMessage from "./send-message.ts";
import updateRoom from "./update-room.ts";

/** Two operations that meet at a lock, in the order that once went wrong. */

const deactivate = (as: Person) => ask(deactivateMe, "DELETE", "/api/me", { as });
const roomsOf = async (
  { id }: Person,
) => [...await chat()`select room_id from room_participants where user_id = ${id}`];
const lockRoom = (id: string) => (sql: Held) => sql`select from rooms where id = ${id} for update`;

test("who is added to a room while they leave for good is not in it afterwards", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada);
  const path = `/api/rooms/${room.id}/participants/${bob.id}`;

  const { res } = await heldBack("CHAT_DATABASE_URL", lockRoom(room.id), async (waiting) => {
    const adding = ask(saveParticipant, "PUT", path, { as: ada, body: {} });
    await waiting(1);
    expect((await deactivate(bob)).status).toBe(204);
    return { res: adding };
  });

  expect((await res).status).toBe(404);
  expect(await roomsOf(bob)).toEqual([]);
  expect((await ask(sendMessage, "POST", `/api/rooms/${room.id}/messages`, { as: bob, body: aMessage() })).status).toBe(
    404,
  );
});

test("who joins, and is added, while they leave is in no room afterwards, whoever came first", async () => {
  const [ada] = await users(1) as [Person];
  const res = await ask(createRoom, "POST", "/api/rooms", { as: ada, body: { roomType: "public", name: "Square" } });
  const square = await res.json();

  for (const bob of await users(20)) {
    const save = (as: Person) => ask(saveParticipant, "PUT", `/api/rooms/${square.id}/participants/${bob.id}`, { as });
    await Promise.all([save(bob), deactivate(bob), save(ada)]);

    expect(await roomsOf(bob)).toEqual([]);
  }
});

test("a direct room that is made while the other leaves is not made", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const key = [ada.id, bob.id].sort().join(":");
  const body = { roomType: "direct", participantIds: [bob.id] };

  const refused = new Error("undone");
  const made = heldBack("CHAT_DATABASE_URL", async (sql) => {
    await sql`insert into rooms (room_type, created_by, direct_key) values ('direct', ${ada.id}, ${key})`;
  }, async (waiting) => {
    const making = ask(createRoom, "POST", "/api/rooms", { as: ada, body });
    await waiting(1);
    await deactivate(bob);
    void making.then(({ status }) => expect(status).not.toBe(201));
    throw refused; // the room that stood in the way is rolled back
  });

  await expect(made).rejects.toBe(refused);
  expect(await roomsOf(bob)).toEqual([]);
});

test("a retry of create-room that waits for the room's deletion does not bring it back", async () => {
  const [ada] = await users(1) as [Person];
  const body = { id: crypto.randomUUID(), roomType: "group", name: "Once" };
  await ask(createRoom, "POST", "/api/rooms", { as: ada, body });

  const { res } = await heldBack("CHAT_DATABASE_URL", async (sql) => {
    await sql`delete from rooms where id = ${body.id}`;
    await sql`insert into deleted_rooms (id, rev) values (${body.id}, 2)`;
  }, async (waiting) => {
    const retrying = ask(createRoom, "POST", "/api/rooms", { as: ada, body });
    await waiting(1);
    return { res: retrying };
  });

  expect((await res).status).toBe(409);
  expect((await ask(deleteRoom, "DELETE", `/api/rooms/${body.id}`, { as: ada })).status).toBe(404);
});

test("a room that is renamed while somebody writes answers with what they wrote", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  await say(bob, room, "one");

  const { res } = await heldBack("CHAT_DATABASE_URL", async (sql) => {
    await sql`update rooms set rev = rev + 1, last_seq = last_seq + 1 where id = ${room.id}`;
    await sql`
      insert into messages (id, room_id, sender_id, content, seq, rev)
      values (${crypto.randomUUID()}, ${room.id}, ${bob.id}, 'two', 2, 3)
    `;
  }, async (waiting) => {
    const renaming = ask(updateRoom, "PATCH", `/api/rooms/${room.id}`, { as: ada, body: { name: "Tea" } });
    await waiting(1);
    return { res: renaming };
  });

  expect(await (await res).json()).toMatchObject({ name: "Tea", lastSeq: 2, lastMessage: { content: "two" } });
});

test("who has left for good hears nothing of the rooms they were in, not even who is their heir", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const ear = await listen(ada);
  await ear.next("hello");

  await deactivate(ada);
  await say(bob, room, "behind your back");

  expect((await ear.next()).data).toMatchObject({
    type: "participant.changed",
    participant: { userId: ada.id, role: null },
  });
  let heard = await ear.next();
  while (heard.data.userId !== ada.id) heard = await ear.next();
  expect(heard.data).toEqual({ type: "user.updated", userId: ada.id });
  expect(await historyOf(bob, room)).toHaveLength(1);
  ear.close();
});

test("no index of rooms holds what every message changes", async () => {
  const held = await chat()`
    select class.relname, attribute.attname
      from pg_index as index
      join pg_class as class on class.oid = index.indexrelid
      join pg_attribute as attribute on attribute.attrelid = index.indrelid and attribute.attnum = any(index.indkey)
     where index.indrelid = 'rooms'::regclass and attribute.attname in ('rev', 'last_seq', 'updated_at')
  `;

  expect([...held]).toEqual([]);
});

import { afterEach, expect, test } from "vitest";
import deleteRoom from "../functions/chat/delete-room.ts";
import editMessage from "../functions/chat/edit-message.ts";
import markRead from "../functions/chat/mark-read.ts";
import removeParticipant from "../functions/chat/remove-participant.ts";
import saveParticipant from "../functions/chat/save-participant.ts";
import { unreadIn } from "../web/src/sync/RoomState.ts";
import { at, changesSince, historyOf, say } from "./talk.ts";
import { aDevice } from "./web-client.ts";
import { aRoom, ask, chat, type Person, users } from "./world.ts";

/** The web client against the real functions: away for long, and back without a reload. */

const devices: ReturnType<typeof aDevice>[] = [];
afterEach(() => {
  for (const device of devices.splice(0)) device.leave();
});

async function arrived(as: Person) {
  const device = aDevice(as);
  devices.push(device);
  await device.arrive();
  return device;
}

const participant = (room: { id: string }, { id }: Person) => `/api/rooms/${room.id}/participants/${id}`;

/** Write messages past send-message, as if they had been sent. */
async function manyMessages(room: { id: string }, { id }: Person, count: number) {
  await chat()`
    with bumped as (
      update rooms set rev = rev + ${count}, last_seq = last_seq + ${count} where id = ${room.id}
      returning rev - ${count} as rev, last_seq - ${count} as last_seq
    )
    insert into messages (id, room_id, sender_id, content, seq, rev)
    select uuidv7(), ${room.id}, ${id}, 'message ' || n, last_seq + n, rev + n
      from bumped, generate_series(1, ${count}::int) as n
  `;
}

test("10 000 changes are caught up with in a handful of requests, and none of them is missing", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const first = await say(ada, room, "before");
  const device = await arrived(bob);
  await device.sync.open(room.id);
  await device.catchUp(room.id);
  device.goAway();
  await manyMessages(room, ada, 9_999);
  await ask(editMessage, "PATCH", at(first), { as: ada, body: { content: "edited" } });
  device.asked.length = 0;

  const startedAt = performance.now();
  device.comeBack();
  await device.catchUp(room.id);

  const ms = performance.now() - startedAt;
  const copy = device.rooms.get(room.id)!;
  expect(unreadIn(copy)).toBe(10_000);
  expect(copy.messages!.map(({ seq }) => seq)).toEqual(copy.messages!.map((_, i) => copy.messages![0]!.seq + i));
  expect(device.asked.length).toBeLessThanOrEqual(5);
  console.log(`10 000 missed changes: ${device.asked.length} requests, ${Math.round(ms)} ms by the web client`);

  const pagedAt = performance.now();
  const changes = await changesSince(bob, room, first.rev);
  console.log(`the same by get-changes alone: 100 requests, ${Math.round(performance.now() - pagedAt)} ms`);
  expect(changes.map(({ rev }) => rev)).toEqual(Array.from({ length: 10_000 }, (_, i) => first.rev + 1 + i));
});

test("who was removed and added again while away has the room as it is, and nothing old is unread", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  await say(ada, room, "1");
  const device = await arrived(bob);
  await device.sync.open(room.id);
  device.goAway();
  await ask(removeParticipant, "DELETE", participant(room, bob), { as: ada });
  await say(ada, room, "2");
  await ask(saveParticipant, "PUT", participant(room, bob), { as: ada, body: { role: "admin" } });
  await say(ada, room, "3");

  device.comeBack();
  await device.catchUp(room.id);

  const copy = device.rooms.get(room.id)!;
  expect(copy.messages!.map(({ content }) => content)).toEqual(["1", "2", "3"]);
  expect(copy).toMatchObject({ role: "admin", lastSeq: 3 });
  expect(unreadIn(copy)).toBe(1);
});

test("a room that was deleted while away is gone, and one that was left too", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const [deleted, left] = [await aRoom(ada, bob), await aRoom(ada, bob)];
  const device = await arrived(bob);
  await device.when(() => device.rooms.size === 2);
  device.goAway();
  await ask(deleteRoom, "DELETE", `/api/rooms/${deleted.id}`, { as: ada });
  await ask(removeParticipant, "DELETE", participant(left, bob), { as: bob });

  device.comeBack();
  await device.when(() => device.rooms.size === 0);
});

test("unread counts are right at every step, on two devices of one person", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const [phone, desk] = [await arrived(bob), await arrived(bob)];
  const unread = async () => {
    await Promise.all([phone.catchUp(room.id), desk.catchUp(room.id)]);
    return [phone, desk].map(({ rooms }) => unreadIn(rooms.get(room.id)!));
  };

  expect(await unread()).toEqual([0, 0]);
  for (const text of ["1", "2", "3"]) await say(ada, room, text);
  expect(await unread()).toEqual([3, 3]);
  await ask(markRead, "PUT", `/api/rooms/${room.id}/read-marker`, { as: bob, body: { seq: 2 } });
  expect(await unread()).toEqual([1, 1]);
  desk.goAway();
  phone.sync.read(room.id, 3);
  await expect.poll(() => phone.asked.filter((one) => one.startsWith("PUT")).length).toBe(1);
  await say(ada, room, "4");
  desk.comeBack();
  expect(await unread()).toEqual([1, 1]);
  await say(bob, room, "5");
  expect(await unread()).toEqual([0, 0]);
  expect((await historyOf(bob, room)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
});

import { expect, test } from "vitest";
import { aMessage, aRoom, ask, chat, type Person, users } from "../../test/world.ts";
import markRead from "./mark-read.ts";
import type { Room } from "./model.ts";
import sendMessage from "./send-message.ts";

const mark = async (as: Person, room: Room, seq: unknown) =>
  await ask(markRead, "PUT", `/api/rooms/${room.id}/read-marker`, { as, body: { seq } });

async function aTalk(messages: number) {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  for (let i = 0; i < messages; i++) {
    await ask(sendMessage, "POST", `/api/rooms/${room.id}/messages`, { as: ada, body: aMessage() });
  }
  return { ada, bob, room };
}

test("the marker moves forward, never back and never past the last message", async () => {
  const { bob, room } = await aTalk(3);

  const answers = [
    await mark(bob, room, 2),
    await mark(bob, room, 1),
    await mark(bob, room, 2),
    await mark(bob, room, 99),
  ];

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const seqs = await Promise.all(answers.map(async (res) => (await res.json()).lastReadSeq));
  expect(seqs).toEqual([2, 2, 2, 3]);
});

test("reading takes no rev and notes who read which message", async () => {
  const { bob, room } = await aTalk(3);

  await mark(bob, room, 2);

  expect([...await chat()`select rev from rooms where id = ${room.id}`]).toEqual([{ rev: 4 }]);
  const reads = await chat()`
    select seq, user_id from message_reads join messages on messages.id = message_id where room_id = ${room.id} order by seq
  `;
  expect([...reads]).toEqual([{ seq: 1, userId: bob.id }, { seq: 2, userId: bob.id }]);
});

test("an answer notes what its sender has read, as reading does", async () => {
  const { bob, room } = await aTalk(2);

  await ask(sendMessage, "POST", `/api/rooms/${room.id}/messages`, { as: bob, body: aMessage() });

  const reads = await chat()`
    select seq, user_id from message_reads join messages on messages.id = message_id where room_id = ${room.id} order by seq
  `;
  expect([...reads]).toEqual([{ seq: 1, userId: bob.id }, { seq: 2, userId: bob.id }]);
});

test("two devices that read at once end at the further one", async () => {
  const { bob, room } = await aTalk(5);

  await Promise.all([5, 3, 4, 1, 2].map((seq) => mark(bob, room, seq)));

  const [mine] =
    await chat()`select last_read_seq from room_participants where room_id = ${room.id} and user_id = ${bob.id}`;
  expect(mine).toEqual({ lastReadSeq: 5 });
});

test.each([-1, 1.5, "2", null, 2 ** 53])("refuses seq %s with 400", async (seq) => {
  const { bob, room } = await aTalk(0);

  const res = await mark(bob, room, seq);

  expect(res.status).toBe(400);
});

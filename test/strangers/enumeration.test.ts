import { expect, test } from "vitest";
import createRoom from "../../functions/chat/create-room.ts";
import deleteRoom from "../../functions/chat/delete-room.ts";
import type { Room } from "../../functions/chat/model.ts";
import { say } from "../talk.ts";
import { aMessage, aRoom, ask, type Person, users } from "../world.ts";
import { askedIn, askFor, operationOf, operations } from "./asking.ts";
import type { Asked } from "./row.ts";
import { aScene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** Nobody can tell what exists and is not theirs from what does not exist. */

/** All that an answer says, but for what differs between any two; ids that were asked for are not told apart. */
async function told(answer: Promise<Response>, ...asked: (string | undefined)[]): Promise<unknown> {
  const res = await answer;
  const headers = Object.fromEntries(res.headers);
  delete headers["x-request-id"];
  delete headers["server-timing"];
  const text = asked.reduce<string>((text, id) => id ? text.replaceAll(id, "…") : text, await res.text());
  const { requestId: _, ...body } = text === "" ? {} : JSON.parse(text);
  return { status: res.status, headers, body };
}

const nowhere = () => crypto.randomUUID();

/** A direct room of two others. */
async function aDirectRoom(ada: Person, bob: Person): Promise<Room> {
  const body = { roomType: "direct", participantIds: [bob.id] };
  return await (await ask(createRoom, "POST", "/api/rooms", { as: ada, body })).json() as Room;
}

const ofRooms = operations.filter(({ path }) => path.includes(":roomId")).map(({ name }) => name);

test.each(ofRooms)("%s answers for a room that one is not in as for none", async (name) => {
  const [group, square] = [await aScene("group"), await aScene("public")];
  const direct = await aDirectRoom(group.people.owner, group.people.admin);
  const operation = operationOf(name);

  for (const standing of ["stranger", "ex-member", "deactivated"] as const) {
    for (const of of table[name]) {
      const as = group.people[standing];
      const asked = askedIn(of, group, as);
      const answerFor = (more: Asked) => told(askFor(operation, { ...asked, ...more }, { as }), asked.userId);
      const none = await answerFor({ roomId: nowhere(), messageId: nowhere() });

      expect.soft(await answerFor({}), `${standing} of a group`).toEqual(none);
      expect.soft(await answerFor({ roomId: direct.id }), `${standing} of a direct room`).toEqual(none);
      expect.soft(await answerFor({ messageId: nowhere() }), `${standing}, no such message`).toEqual(none);
      if (name !== "chat/save-participant") { // a public room may be seen, and joined
        const answer = await answerFor({ roomId: square.room.id, messageId: square.messages.owner.id });
        expect.soft(answer, `${standing} of a public room`).toEqual(none);
      }
    }
  }
});

const ofMessages = operations.filter(({ path }) => path.includes(":messageId")).map(({ name }) => name);

test.each(ofMessages)("%s answers for a message of another room as for none", async (name) => {
  const [scene, other] = [await aScene(), await aScene()];
  const { owner } = scene.people;
  const mine = await say(owner, await aRoom(owner), "elsewhere");
  const asked = askedIn(table[name][0], scene, owner);
  const answerFor = (messageId: string) => told(askFor(operationOf(name), { ...asked, messageId }, { as: owner }));
  const before = [await stateOf(scene), await stateOf(other)];

  const none = await answerFor(nowhere());

  expect(none).toMatchObject({ status: 404, body: { type: "/problems/message-not-found" } });
  expect(await answerFor(other.messages.owner.id)).toEqual(none);
  expect(await answerFor(mine.id)).toEqual(none);
  expect([await stateOf(scene), await stateOf(other)]).toEqual(before);
});

test("an answer to a message of another room is refused as one to none, and not written", async () => {
  const [scene, other] = [await aScene(), await aScene()];
  const { member } = scene.people;
  const before = await stateOf(scene);
  const reply = (replyTo: string) =>
    told(
      askFor(operationOf("chat/send-message"), { roomId: scene.room.id, body: { ...aMessage(), replyTo } }, {
        as: member,
      }),
    );

  const none = await reply(nowhere());

  expect(none).toMatchObject({ status: 404, body: { type: "/problems/message-not-found" } });
  expect(await reply(other.messages.owner.id)).toEqual(none);
  expect(await stateOf(scene)).toEqual(before);
});

test("a message id that is taken says nothing of who took it, where or with what", async () => {
  const [scene, other] = [await aScene(), await aScene()];
  const { member } = scene.people;
  const before = [await stateOf(scene), await stateOf(other)];
  const send = (id: string) =>
    told(
      askFor(operationOf("chat/send-message"), { roomId: scene.room.id, body: { ...aMessage(), id } }, { as: member }),
    );

  const [here, elsewhere] = [await send(scene.messages.owner.id), await send(other.messages.owner.id)];

  expect(here).toMatchObject({ status: 409, body: { type: "/problems/message-id-taken" } });
  expect(elsewhere).toEqual(here);
  expect([await stateOf(scene), await stateOf(other)]).toEqual(before);
});

test("a room id that is taken says nothing of whose room it is, or was", async () => {
  const [scene, gone] = [await aScene(), await aScene()];
  const { member, stranger } = scene.people;
  await ask(deleteRoom, "DELETE", `/api/rooms/${gone.room.id}`, { as: gone.people.owner });
  const make = (as: Person, id: string) =>
    told(askFor(operationOf("chat/create-room"), { body: { roomType: "group", name: "Mine", id } }, { as }));

  const taken = await make(stranger, scene.room.id);

  expect(taken).toMatchObject({ status: 409, body: { type: "/problems/room-id-taken" } });
  expect(await make(member, scene.room.id)).toEqual(taken);
  expect(await make(stranger, gone.room.id)).toEqual(taken);
});

test("a search in a room of others finds as much as one in none, and one everywhere nothing of it", async () => {
  const [scene, word] = [await aScene(), `word${crypto.randomUUID().slice(0, 8)}`];
  await say(scene.people.owner, scene.room, `The ${word} is secret`);

  for (const standing of ["stranger", "ex-member"] as const) {
    const search = (query: Record<string, string>) =>
      told(
        askFor(operationOf("chat/search-messages"), { query: { q: word, ...query } }, { as: scene.people[standing] }),
      );
    const none = await search({ roomId: nowhere() });
    expect(none).toMatchObject({ status: 200, body: { messages: [], cursor: null } });
    expect([await search({ roomId: scene.room.id }), await search({})]).toEqual([none, none]);
  }
});

test("a group is found by nobody who is not in it, whatever they look for", async () => {
  const [ada, eve] = await users(2) as [Person, Person];
  const room = await aRoom(ada);
  await aDirectRoom(ada, (await aScene()).people.owner);

  for (const q of [room.name!, room.id, ada.id]) {
    const res = await askFor(operationOf("chat/discover-rooms"), { query: { q } }, { as: eve });
    expect(await res.text()).not.toContain(room.id);
  }
  const mine = await askFor(operationOf("chat/list-rooms"), {}, { as: eve });
  expect(await mine.json()).toEqual({ rooms: [], cursor: null });
});

import { expect, test } from "vitest";
import updateMe from "../../functions/user/update-me.ts";
import { userDb } from "../../functions/lib/database.ts";
import { clientOf } from "../../functions/lib/needs.ts";
import { ask, type Person, users } from "../world.ts";
import { askFor, inWords, operationOf } from "./asking.ts";
import { aScene } from "./scene.ts";

/** What is not told of people: addresses, numbers, who was here and is not any more. */

const nobody = () => crypto.randomUUID();

test("nobody is found by an e-mail address or a telephone number", async () => {
  const [ada, eve] = await users(2) as [Person, Person];
  const address = `${crypto.randomUUID()}@mail.example`;
  const phoneNumber = `+31 ${Math.floor(Math.random() * 1e12)}`;
  await clientOf(userDb)`update users set email = ${address} where id = ${ada.id}`;
  await ask(updateMe, "PATCH", "/api/me", { as: ada, body: { phoneNumber } });

  for (const q of [address, phoneNumber, address.split("@")[0]!]) {
    const res = await askFor(operationOf("user/search-users"), { query: { q } }, { as: eve });
    expect(await res.json()).toEqual({ users: [] });
  }
  const shown = await askFor(operationOf("user/get-user"), { userId: ada.id }, { as: eve });
  expect(await shown.text()).not.toMatch(new RegExp(`mail.example|${phoneNumber.slice(4)}`));
});

test("somebody who has left can be named no more than somebody who never was", async () => {
  const { room, people: { owner, deactivated } } = await aScene();
  const add = (participantIds: string[]) => ({ body: { roomType: "group", name: "Together", participantIds } });

  for (const userId of [deactivated.id, nobody()]) {
    const answers = [
      await askFor(operationOf("user/save-contact"), { userId, body: {} }, { as: owner }),
      await askFor(operationOf("chat/save-participant"), { roomId: room.id, userId, body: {} }, { as: owner }),
      await askFor(operationOf("chat/create-room"), add([userId]), { as: owner }),
    ];
    for (const res of answers) expect(res.status).toBe(404);
    for (const res of answers) expect(await res.json()).toMatchObject({ type: "/problems/user-not-found" });
  }
});

test("who is kept as a contact learns nothing of it, and removing nobody is as good as removing somebody", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const remove = async (userId: string) =>
    await inWords(
      await askFor(operationOf("user/remove-contact"), { userId }, { as: ada }),
      operationOf("user/remove-contact"),
    );

  expect([await remove(bob.id), await remove(nobody())]).toEqual(["204", "204"]);
});

test("ids of nobody are left out, without a word", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const query = { ids: [bob.id, nobody()].join() };

  const found = await askFor(operationOf("user/search-users"), { query }, { as: ada });
  const present = await askFor(operationOf("user/get-presence"), { query }, { as: ada });

  expect((await found.json()).users).toMatchObject([{ id: bob.id }]);
  expect((await present.json()).presence).toMatchObject([{ userId: bob.id, status: "offline" }]);
});

test("an export holds nothing of rooms that one is not in, or of other people", async () => {
  const { room, people, messages } = await aScene();

  const res = await askFor(operationOf("user/export-me"), {}, { as: people["ex-member"] });

  const text = await res.text();
  expect(text).toContain(messages["ex-member"].id); // what they said is theirs
  for (const other of [messages.owner.content, people.owner.id, people.owner.username, room.name!]) {
    expect(text).not.toContain(other);
  }
});

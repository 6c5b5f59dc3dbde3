import { expect, test } from "vitest";
import { listen } from "../../test/talk.ts";
import { aRoom, ask, type Person, users } from "../../test/world.ts";
import setTyping from "./set-typing.ts";

test("the others in the room hear that one is writing, and nothing is stored", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const ear = await listen(bob);
  await ear.next("hello");

  const res = await ask(setTyping, "POST", `/api/rooms/${room.id}/typing`, { as: ada });

  expect(res.status).toBe(204);
  expect((await ear.next()).data).toEqual({ type: "typing", roomId: room.id, userId: ada.id });
  ear.close();
});

test("a stranger tells nobody anything: 404", async () => {
  const [ada, eve] = await users(2) as [Person, Person];
  const room = await aRoom(ada);

  expect((await ask(setTyping, "POST", `/api/rooms/${room.id}/typing`, { as: eve })).status).toBe(404);
});

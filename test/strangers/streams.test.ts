import { expect, test } from "vitest";
import { settled } from "../../functions/lib/lifecycle.ts";
import { type Heard, listen, say } from "../talk.ts";
import { aRoom } from "../world.ts";
import { askedIn, askFor, operations } from "./asking.ts";
import { aScene } from "./scene.ts";
import { table } from "./table.ts";

/** What streams tell: nothing of what happens elsewhere. */

const deletes = ({ name }: { name: string }) => Number(name.includes("/delete-"));

/** Everything that changes a room or tells it something, endings last. */
const happening = operations.filter(({ name, method }) => method !== "GET" && /^chat|set-presence/.test(name))
  .filter(({ name }) => name !== "chat/create-room")
  .toSorted((one, other) => deletes(one) - deletes(other));

test.each(["stranger", "ex-member"] as const)("the stream of %s says nothing of the room", async (standing) => {
  const scene = await aScene();
  const { people: { owner, [standing]: listener }, room } = scene;
  const mine = await aRoom(listener);
  const ear = await listen(listener);
  const hello = await ear.next("hello");

  for (const operation of happening) {
    const res = await askFor(operation, askedIn(table[operation.name][0], scene, owner), { as: owner });
    expect.soft(res.status, operation.name).toBeLessThan(300);
  }
  await settled();
  await say(listener, mine, "the last word");
  const heard: Heard[] = [hello];
  while (heard.at(-1)!.data.type !== "message.created") heard.push(await ear.next());
  ear.close();

  expect(hello.data.rooms).toMatchObject([{ id: mine.id }]);
  for (const id of [room.id, owner.id]) expect(JSON.stringify(heard)).not.toContain(id);
  expect(heard.at(-1)!.data).toMatchObject({ roomId: mine.id });
});

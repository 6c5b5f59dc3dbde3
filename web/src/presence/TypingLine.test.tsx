import { screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { ada, alan, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

const room = "00000000-0000-7000-8000-0000000000a1";

/** A room of four; `said` counts how often I said that I am writing. */
async function aTeaRoom() {
  const server = aServer();
  const said: string[] = [];
  server.room(room, [me.id, ada.id, grace.id, alan.id], { name: "Tea" });
  const setTyping = (roomId: string) => Promise.resolve(void said.push(roomId));
  const view = await renderParley({ path: `/rooms/${room}`, server, api: { setTyping } });
  const writes = (userId: string) => server.tell({ type: "typing", roomId: room, userId });
  return { ...view, said, writes };
}
const line = () => document.querySelector(".typing-line")!.textContent;

test("who writes is named for six seconds", async () => {
  const { clock, writes } = await aTeaRoom();

  writes(ada.id);
  await clock.advance(3_000);
  const one = line();
  writes(grace.id);
  await clock.advance(1_000);
  const two = line();
  writes(alan.id);
  await clock.advance(1_000);
  const three = line();
  await clock.advance(6_000);

  expect([one, two, three, line()]).toEqual([
    "Ada Lovelace is writing…",
    "Ada Lovelace and Grace Hopper are writing…",
    "3 people are writing…",
    "",
  ]);
});

test("a message ends its sender's writing", async () => {
  const { clock, writes, server } = await aTeaRoom();
  writes(ada.id);
  await clock.advance(100);

  server.say(room, "here you are", { from: ada.id });
  await clock.advance(100);

  expect(line()).toBe("");
});

test("I say that I write every three seconds at most, and not of myself", async () => {
  const { user, clock, said, writes } = await aTeaRoom();

  await user.type(screen.getByRole("textbox", { name: "Message" }), "one two");
  const first = said.length;
  await clock.advance(3_000);
  await user.keyboard(" three");
  writes(me.id);
  await clock.advance(100);

  expect([first, said.length]).toEqual([1, 2]);
  expect(line()).toBe("");
});

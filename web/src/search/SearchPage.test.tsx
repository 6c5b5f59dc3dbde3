import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Message } from "../../../functions/chat/model.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { ada, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

const tea = "00000000-0000-7000-8000-0000000000a1";
const direct = "00000000-0000-7000-8000-0000000000a2";

function twoRooms() {
  const server = aServer();
  server.room(tea, [me.id, ada.id, grace.id], { name: "Tea" });
  server.room(direct, [me.id, ada.id], { name: null, roomType: "direct" });
  for (let i = 1; i <= 300; i++) server.say(tea, i === 40 ? "the kettle is on" : `no. ${i}`, { from: grace.id });
  server.say(direct, "which kettle?", { from: ada.id });
  return server;
}
const words = () => screen.getByRole("searchbox", { name: "Words" });
const found = () => within(screen.getByRole("list", { name: "Messages found" })).queryAllByRole("link");

test("messages are found as typing rests, with their room, sender and the words marked", async () => {
  const asked: string[] = [];
  const server = twoRooms();
  const searchMessages = (q: string) => {
    asked.push(q);
    return Promise.resolve({ messages: server.search(q), cursor: null });
  };
  const { user, clock } = await renderParley({ path: "/search", server, api: { searchMessages } });

  await user.type(words(), "kettle");
  await clock.advance(300);

  expect(asked).toEqual(["kettle"]);
  expect(found().map((link) => link.textContent)).toEqual([
    expect.stringMatching(/Ada Lovelace.*Ada Lovelace: which kettle\?/),
    expect.stringMatching(/Tea.*Grace Hopper: the kettle is on/),
  ]);
  expect(found().map((link) => link.querySelector("mark")?.textContent)).toEqual(["kettle", "kettle"]);
  expect(location.search).toBe("?q=kettle");
});

test("a result leads to its place in its room", async () => {
  const { user, clock } = await renderParley({ path: "/search?q=kettle+is", server: twoRooms() });
  await clock.advance(300);

  await user.click(found()[0]!);
  await clock.advance(300);

  const log = within(screen.getByRole("log", { name: "Messages" }));
  expect(location.pathname + location.search).toBe(`/rooms/${tea}?at=40`);
  expect(log.getByText("the kettle is on").closest("li")).toHaveClass("is-target");
  expect(log.queryByText("no. 300")).not.toBeInTheDocument();
});

test("nothing found is said, more is asked for, and a server that is away is asked again", async () => {
  const message: Message = twoRooms().at(tea).messages[0]!;
  const answers = [
    () => Promise.reject(new RequestFailed(null)),
    () => Promise.resolve({ messages: [message], cursor: "next" }),
    () => Promise.resolve({ messages: [{ ...message, id: direct }], cursor: null }),
    () => Promise.resolve({ messages: [], cursor: null }),
  ];
  const searchMessages = () => answers.shift()!();
  const { user, clock } = await renderParley({ path: "/search", server: twoRooms(), api: { searchMessages } });

  await user.type(words(), "no");
  await clock.advance(300);
  const meanwhile = screen.queryByText("Searching…") !== null;
  await clock.advance(5_000);
  const first = found().length;
  await user.click(screen.getByRole("button", { name: "Show more" }));
  await clock.advance(100);
  const second = found().length;
  await user.type(words(), "thing");
  await clock.advance(300);

  expect(meanwhile).toBe(true);
  expect([first, second, found().length]).toEqual([1, 2, 0]);
  expect(screen.getByText("Nobody said that in your conversations.")).toBeInTheDocument();
});

test("Ctrl+K leads to messages with what was typed", async () => {
  const { user, clock } = await renderParley({ server: twoRooms() });

  await user.keyboard("{Control>}k{/Control}");
  await user.type(screen.getByRole("combobox"), "kettle");
  await clock.advance(300);
  await user.keyboard("{Enter}");
  await clock.advance(300);

  expect(location.pathname + location.search).toBe("/search?q=kettle");
  expect(found()).toHaveLength(2);
  expect(document.title).toMatch(/Search · Parley$/);
});

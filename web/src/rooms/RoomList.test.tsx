import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { ada, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

const tea = "00000000-0000-7000-8000-0000000000a1";
const direct = "00000000-0000-7000-8000-0000000000a2";

function twoRooms() {
  const server = aServer();
  server.room(tea, [me.id, ada.id, grace.id], { name: "Tea" });
  server.room(direct, [me.id, ada.id], { name: null, roomType: "direct" });
  server.say(tea, "kettle is on", { from: grace.id, at: "2026-11-23T10:00:00Z" });
  return server;
}
const list = () => within(screen.getByRole("navigation", { name: "Conversations" }));
const titles = () => list().getAllByRole("link").map((link) => link.textContent);

test("a room says who spoke last and how much is new, a direct one is called by its person", async () => {
  await renderParley({ server: twoRooms() });

  expect(list().getByRole("link", { name: /Tea.*Grace Hopper: kettle is on.*1 unread/ })).toBeInTheDocument();
  expect(list().getByRole("link", { name: /Ada Lovelace/ })).toBeInTheDocument();
});

test("the room where somebody speaks comes first, and the title counts what is unread", async () => {
  const { server, clock } = await renderParley({ server: twoRooms() });

  server.say(direct, "psst", { from: ada.id, at: "2026-11-23T10:05:00Z" });
  await clock.advance(100);

  expect(titles()[0]).toMatch(/Ada Lovelace.*psst/);
  expect(document.title).toBe("(2) Parley");
});

test("reading on another device takes the count away", async () => {
  const { server, clock } = await renderParley({ server: twoRooms() });
  server.at(tea).participants[0]!.lastReadSeq = 1;

  server.tell({ type: "read.advanced", roomId: tea, userId: me.id, lastReadSeq: 1 });
  await clock.advance(100);

  expect(list().queryByText(/unread/)).not.toBeInTheDocument();
  expect(document.title).toBe("Parley");
});

test("the title names the open room, so that tabs can be told apart", async () => {
  const { user, clock } = await renderParley({ path: `/rooms/${direct}`, server: twoRooms() });
  const inRoom = document.title;

  await user.click(screen.getByRole("link", { name: /Contacts/ }));
  await clock.advance(100);

  expect(inRoom).toBe("(1) Ada Lovelace · Parley");
  expect(document.title).toBe("(1) Contacts · Parley");
});

test("arrow keys move between rooms, and the open one says so", async () => {
  const { user, clock } = await renderParley({ path: `/rooms/${direct}`, server: twoRooms() });
  const [first, second] = list().getAllByRole("link");

  first!.focus();
  await user.keyboard("{ArrowDown}");
  await clock.advance(100);

  expect(second).toHaveFocus();
  expect(second).toHaveAttribute("aria-current", "page");
});

test("without rooms there is an invitation to begin", async () => {
  const { user } = await renderParley();

  await user.click(list().getByRole("button", { name: "Start one" }));

  expect(screen.getByRole("dialog", { name: "New conversation" })).toBeInTheDocument();
});

test("who is there has a dot, and a direct conversation says so in its header", async () => {
  const { server, clock } = await renderParley({ path: `/rooms/${direct}`, server: twoRooms() });

  server.tell({ type: "presence.changed", userId: ada.id, status: "online" });
  await clock.advance(100);
  const here = [list().queryByText("online") !== null, screen.queryByText("Online · @ada") !== null];
  server.tell({ type: "presence.changed", userId: ada.id, status: "offline" });
  await clock.advance(100);

  expect(here).toEqual([true, true]);
  expect(list().queryByText("online")).not.toBeInTheDocument();
  expect(screen.getByText(/^Last seen .* · @ada$/)).toBeInTheDocument();
});

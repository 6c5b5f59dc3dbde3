import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { ada, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

const room = "00000000-0000-7000-8000-0000000000a1";

/** A server with one room of ada, grace and me. */
function aTeaRoom() {
  const server = aServer();
  server.room(room, [me.id, ada.id, grace.id], { name: "Tea" });
  return server;
}
const open = (server = aTeaRoom(), api = {}) => renderParley({ path: `/rooms/${room}`, server, api });
const log = () => within(screen.getByRole("log", { name: "Messages" }));
const lines = () => log().getAllByRole("listitem");

test("messages of one person within five minutes stand under one name", async () => {
  const server = aTeaRoom();
  server.say(room, "one", { from: ada.id, at: "2026-11-23T09:00:00Z" });
  server.say(room, "two", { from: ada.id, at: "2026-11-23T09:04:00Z" });
  server.say(room, "three", { from: grace.id, at: "2026-11-23T09:04:30Z" });
  server.say(room, "four", { from: grace.id, at: "2026-11-23T09:30:00Z" });

  await open(server);

  expect(lines().map((line) => within(line).queryByText(/Lovelace|Hopper/)?.textContent)).toEqual([
    "Ada Lovelace",
    undefined,
    "Grace Hopper",
    "Grace Hopper",
  ]);
});

test("each day begins with its name", async () => {
  const server = aTeaRoom();
  server.say(room, "old", { at: "2026-11-20T09:00:00Z" });
  server.say(room, "late", { at: "2026-11-22T11:00:00Z" });
  server.say(room, "new", { at: "2026-11-23T09:00:00Z" });

  await open(server);

  expect(log().getByText(/Friday/)).toBeInTheDocument();
  expect(log().getByText("Yesterday")).toBeInTheDocument();
  expect(log().getByText("Today")).toBeInTheDocument();
});

test("a message of mine shows at once, and once when it has arrived", async () => {
  const { user, clock } = await open();

  await user.type(screen.getByRole("textbox", { name: "Message" }), "Good morning{Enter}");
  await clock.advance(100);

  expect(lines()).toHaveLength(1);
  expect(log().getByText("Good morning")).toBeInTheDocument();
  expect(log().queryByText("Sending…")).not.toBeInTheDocument();
});

test("a message that waits for the network says that it is being sent", async () => {
  const { user, clock } = await open(aTeaRoom(), { sendMessage: () => Promise.reject(new RequestFailed(null)) });

  await user.type(screen.getByRole("textbox", { name: "Message" }), "Hello?{Enter}");
  await clock.advance(100);

  expect(within(lines()[0]!).getByText("Sending…")).toBeInTheDocument();
});

test("a refused message says why, and can be tried again", async () => {
  const server = aTeaRoom();
  const answers = [new RequestFailed(403)];
  const { user, clock } = await open(server, {
    sendMessage(roomId: string, id: string, content: string) {
      const refusal = answers.shift();
      return refusal ? Promise.reject(refusal) : Promise.resolve(server.say(roomId, content, { id, from: me.id }));
    },
  });

  await user.type(screen.getByRole("textbox", { name: "Message" }), "Please{Enter}");
  await clock.advance(100);
  const refusal = log().getByText(/^Not sent/).textContent;
  await user.click(screen.getByRole("button", { name: "Retry" }));
  await clock.advance(100);

  expect(refusal).toBe("Not sent: The server answered 403");
  expect(lines()).toHaveLength(1);
  expect(log().queryByText(/^Not sent/)).not.toBeInTheDocument();
});

test("a refused message can be discarded", async () => {
  const { user, clock } = await open(aTeaRoom(), { sendMessage: () => Promise.reject(new RequestFailed(403)) });

  await user.type(screen.getByRole("textbox", { name: "Message" }), "Never mind{Enter}");
  await clock.advance(100);
  await user.click(screen.getByRole("button", { name: "Discard" }));
  await clock.advance(100);

  expect(log().queryByRole("listitem")).not.toBeInTheDocument();
});

test("earlier messages come page by page, until the beginning is here", async () => {
  const server = aTeaRoom();
  for (let i = 1; i <= 70; i++) server.say(room, `no. ${i}`);
  const { user, clock } = await open(server);

  const before = lines().length;
  await user.click(screen.getByRole("button", { name: "Show earlier messages" }));
  await clock.advance(100);

  expect(before).toBe(50);
  expect(lines()).toHaveLength(70);
  expect(screen.getByText("This is where it begins.")).toBeInTheDocument();
});

test("a link to a message opens the room around it, and leads on to the newest", async () => {
  const server = aTeaRoom();
  for (let i = 1; i <= 400; i++) server.say(room, `no. ${i}`);
  const { user, clock } = await renderParley({ path: `/rooms/${room}?at=100`, server });

  const around = [lines().length, lines()[0]!.textContent, log().getByText("no. 100").closest("li")!.className];
  await user.click(screen.getByRole("button", { name: "Show later messages" }));
  await clock.advance(100);
  const later = lines().length;
  await user.click(screen.getByRole("button", { name: /jump to the newest/i }));
  await clock.advance(100);

  expect(around).toEqual([100, expect.stringContaining("no. 51"), expect.stringContaining("is-target")]);
  expect(later).toBe(150);
  expect(lines().at(-1)).toHaveTextContent("no. 400");
  expect(screen.queryByRole("button", { name: "Show later messages" })).not.toBeInTheDocument();
});

test("what I write while reading old messages leads to the newest", async () => {
  const server = aTeaRoom();
  for (let i = 1; i <= 400; i++) server.say(room, `no. ${i}`);
  const { user, clock } = await renderParley({ path: `/rooms/${room}?at=100`, server });

  await user.type(screen.getByRole("textbox", { name: "Message" }), "here I am{Enter}");
  await clock.advance(100);

  expect(lines().at(-1)).toHaveTextContent("here I am");
  expect(lines().at(-2)).toHaveTextContent("no. 400");
});

test("a line stands before what is new, and what is seen counts as read", async () => {
  const server = aTeaRoom();
  server.say(room, "known", { from: me.id });
  server.at(room).participants[0]!.lastReadSeq = 1;
  server.say(room, "unknown", { from: ada.id });

  const { clock } = await open(server);
  await clock.advance(1_000);

  expect(within(lines()[1]!).getByText("New messages")).toBeInTheDocument();
  expect(server.at(room).participants[0]!.lastReadSeq).toBe(2);
});

test("an address is a link that gives nothing away, anything else is text", async () => {
  const server = aTeaRoom();
  server.say(room, "See https://example.org/a, or javascript:alert(1) <b>!</b>");

  await open(server);

  const links = log().getAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["https://example.org/a"]);
  expect(links[0]).toHaveAttribute("rel", expect.stringContaining("noopener"));
  expect(log().getByText(/javascript:alert\(1\) <b>!<\/b>/)).toBeInTheDocument();
});

test.each([
  ["https://en.wikipedia.org/wiki/Parley_(disambiguation)", "https://en.wikipedia.org/wiki/Parley_(disambiguation)"],
  ["(see https://example.org/a_(b))", "https://example.org/a_(b)"],
  ["(https://example.org/a).", "https://example.org/a"],
  ["https://example.org/?q=(a)&b=c!", "https://example.org/?q=(a)&b=c"],
])("the address in %j ends where it ends", async (text, address) => {
  const server = aTeaRoom();
  server.say(room, text);

  await open(server);

  expect(log().getByRole("link")).toHaveAttribute("href", address);
});

test.each([["🎉", true], ["👩‍👩‍👧‍👦 🏳️‍🌈", true], ["👍🏽🇸🇪", true], ["4", false], ["🎉 yes", false]])(
  "whether %j stands large: %s",
  async (text, isLarge) => {
    const server = aTeaRoom();
    server.say(room, text);

    await open(server);

    expect(log().getByText(text).classList.contains("is-emoji")).toBe(isLarge);
  },
);

test("a deleted message keeps its place and not its words", async () => {
  const server = aTeaRoom();
  const message = server.say(room, "");
  server.at(room).messages[0] = { ...message, deletedAt: message.createdAt };

  await open(server);

  expect(log().getByText("Message deleted")).toBeInTheDocument();
});

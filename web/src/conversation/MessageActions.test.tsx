import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Api } from "../api/makeApi.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { ada, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

const room = "00000000-0000-7000-8000-0000000000a1";

/** A room where ada says "kettle is on" and I answer "coming"; `owner` owns it. */
async function aTalk({ owner = me.id, api = {} as Partial<Api> } = {}) {
  const server = aServer();
  server.room(room, [owner, ...[me.id, ada.id, grace.id].filter((id) => id !== owner)], { name: "Tea" });
  server.say(room, "kettle is on", { from: ada.id });
  server.say(room, "coming", { from: me.id });
  return await renderParley({ path: `/rooms/${room}`, server, api });
}
const log = () => within(screen.getByRole("log", { name: "Messages" }));
const line = (at: number) => within(screen.getByRole("log").querySelectorAll<HTMLElement>(".message")[at]!);
const theirs = () => line(0);
const mine = () => line(1);
const input = () => screen.getByRole("textbox", { name: "Message" });
const menu = () => within(screen.getByRole("dialog", { name: "Message" }));
const chips = () => log().queryAllByRole("button", { name: /\d+:/ }).map((chip) => chip.getAttribute("aria-label"));

test("a reaction shows at once, with whose it is, and a press on it takes it back", async () => {
  const { user, clock, server } = await aTalk();
  server.react(server.at(room).messages[0]!, "👍", grace.id);
  await clock.advance(100);

  await user.click(theirs().getByRole("button", { name: "React" }));
  await user.click(screen.getByRole("button", { name: "Thumbs up" }));
  const both = chips();
  await clock.advance(5_000);
  await user.click(log().getByRole("button", { name: /👍/, pressed: true }));
  await clock.advance(5_000);

  expect(both).toEqual(["👍 2: Grace Hopper, You"]);
  expect(chips()).toEqual(["👍 1: Grace Hopper"]);
  expect(server.at(room).messages[0]!.reactions).toEqual([{ emoji: "👍", userIds: [grace.id] }]);
});

test("a chip keeps the focus when somebody else reacts", async () => {
  const { clock, server } = await aTalk();
  server.react(server.at(room).messages[0]!, "👍", grace.id);
  await clock.advance(100);
  const chip = log().getByRole("button", { name: /👍/ });
  chip.focus();

  server.react(server.at(room).messages[0]!, "👍", ada.id);
  await clock.advance(100);

  expect(chip).toHaveFocus();
  expect(chips()).toEqual(["👍 2: Grace Hopper, Ada Lovelace"]);
});

test("a refused reaction is taken back with the reason", async () => {
  const { user, clock } = await aTalk({ api: { react: () => Promise.reject(new RequestFailed(409)) } });

  await user.click(theirs().getByRole("button", { name: "React" }));
  await user.click(screen.getByRole("button", { name: "Heart" }));
  await clock.advance(100);

  expect(chips()).toEqual([]);
  expect(screen.getByText("The server answered 409")).toBeInTheDocument();
});

test("an answer quotes its message, and Escape leaves it", async () => {
  const { user, clock, server } = await aTalk();

  await user.click(theirs().getByRole("button", { name: "Reply" }));
  const subject = screen.getByText("Reply to Ada Lovelace").parentElement!.textContent;
  await user.keyboard("{Escape}");
  const left = screen.queryByText("Reply to Ada Lovelace");
  await user.click(theirs().getByRole("button", { name: "Reply" }));
  await user.keyboard("with milk{Enter}");
  await clock.advance(100);

  expect(subject).toBe("Reply to Ada Lovelace kettle is on");
  expect(left).toBeNull();
  expect(server.at(room).messages.at(-1)).toMatchObject({
    content: "with milk",
    replyTo: server.at(room).messages[0]!.id,
  });
  expect(line(2).getByRole("button", { name: /In answer to\s*Ada Lovelace\s*kettle is on/ })).toBeInTheDocument();
});

test("a message of mine is edited where one writes, and says so", async () => {
  const { user, clock, server } = await aTalk();
  await user.type(input(), "half a thou");

  await user.click(mine().getByRole("button", { name: "More" }));
  await user.click(menu().getByRole("button", { name: "Edit" }));
  const offered = (input() as HTMLTextAreaElement).value;
  await user.clear(input());
  await user.keyboard("coming soon{Enter}");
  await clock.advance(100);

  expect(offered).toBe("coming");
  expect(mine().getByText("coming soon")).toBeInTheDocument();
  expect(mine().getByText("edited")).toBeInTheDocument();
  expect(server.at(room).messages[1]).toMatchObject({ content: "coming soon" });
  expect(input()).toHaveValue("half a thou");
});

test("arrow up where nothing is written edits my last message, Escape leaves it as it was", async () => {
  const { user, server } = await aTalk();
  input().focus();

  await user.keyboard("{ArrowUp}");
  const offered = (input() as HTMLTextAreaElement).value;
  await user.keyboard("!!{Escape}");

  expect(offered).toBe("coming");
  expect(input()).toHaveValue("");
  expect(server.at(room).messages[1]).toMatchObject({ content: "coming" });
});

test("an edit that did not work keeps what was written", async () => {
  const { user, clock } = await aTalk({ api: { editMessage: () => Promise.reject(new RequestFailed(503)) } });
  input().focus();

  await user.keyboard("{ArrowUp}, really{Enter}");
  await clock.advance(100);

  expect(screen.getByText("The server answered 503")).toBeInTheDocument();
  expect(input()).toHaveValue("coming, really");
});

test("deleting asks once more and leaves a tombstone, which offers nothing", async () => {
  const { user, clock } = await aTalk();

  await user.click(mine().getByRole("button", { name: "More" }));
  await user.click(menu().getByRole("button", { name: "Delete" }));
  const asked = mine().queryByText("coming");
  await user.click(menu().getByRole("button", { name: "Press again to delete" }));
  await clock.advance(100);

  expect(asked).toBeInTheDocument();
  expect(mine().getByText("Message deleted")).toBeInTheDocument();
  expect(mine().queryByRole("button")).not.toBeInTheDocument();
  expect(document.activeElement).toHaveTextContent("Message deleted");
  expect(screen.getByRole("link", { name: /Tea.*You: Message deleted/ })).toBeInTheDocument();
});

test.each([
  ["an owner", me.id, "theirs", ["Reply", "Copy text", "Read by", "Delete"]],
  ["a member", ada.id, "theirs", ["Reply", "Copy text", "Read by"]],
  ["a member", ada.id, "mine", ["Reply", "Edit", "Copy text", "Read by", "Delete"]],
])("%s is offered what they may do (owner %s, with a message of %s)", async (_, owner, whose, offered) => {
  const { user } = await aTalk({ owner });

  await user.click((whose === "mine" ? mine() : theirs()).getByRole("button", { name: "More" }));

  const buttons = menu().getAllByRole("button").map((button) => button.textContent);
  expect(buttons.slice(8)).toEqual(offered);
});

test("who has read a message is named, page by page", async () => {
  const readAt = "2026-11-23T10:00:00.000Z";
  const { user, clock } = await aTalk({
    api: {
      listReads: (_room, _message, cursor) =>
        Promise.resolve(
          cursor
            ? { reads: [{ userId: grace.id, readAt }], cursor: null }
            : { reads: [{ userId: ada.id, readAt }], cursor: "next" },
        ),
    },
  });

  await user.click(mine().getByRole("button", { name: "More" }));
  await user.click(menu().getByRole("button", { name: "Read by" }));
  await clock.advance(100);
  await user.click(screen.getByRole("button", { name: "Show more" }));
  await clock.advance(100);

  const readers = within(screen.getByRole("list", { name: "Readers" })).getAllByRole("listitem");
  expect(readers.map((reader) => reader.textContent)).toEqual([
    expect.stringContaining("Ada Lovelace"),
    expect.stringContaining("Grace Hopper"),
  ]);
  expect(screen.queryByRole("button", { name: "Show more" })).not.toBeInTheDocument();
});

test("Tab reaches the newest message's buttons, arrows the others', and Escape comes back", async () => {
  const { user } = await aTalk();
  input().focus();

  await user.tab({ shift: true });
  const first = document.activeElement;
  await user.keyboard("{ArrowUp}");
  const second = document.activeElement;
  await user.keyboard("{Enter}");
  await user.keyboard("{ArrowDown}");
  const inMenu = document.activeElement?.getAttribute("aria-label");
  await user.keyboard("{Escape}");

  expect(first).toBe(mine().getByRole("button", { name: "More" }));
  expect(second).toBe(theirs().getByRole("button", { name: "More" }));
  expect(inMenu).toBe("Heart");
  expect(second).toHaveFocus();
});

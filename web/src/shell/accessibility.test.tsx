import { render, screen } from "@solidjs/testing-library";
import axe from "axe-core";
import { expect, test } from "vitest";
import { ada, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";
import { Welcome } from "./Welcome.tsx";

const room = "00000000-0000-7000-8000-0000000000a1";

function aTeaRoom() {
  const server = aServer();
  server.room(room, [me.id, ada.id, grace.id], { name: "Tea" });
  server.say(room, "See https://example.org", { from: ada.id });
  const thanks = server.say(room, "Thanks", { from: me.id });
  server.say(room, "Any time", { from: ada.id, replyTo: thanks.id });
  server.react(thanks, "🎉", ada.id);
  return server;
}

/** What axe finds wrong, by rule; colours need a real browser. */
async function faults() {
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

test("the welcome page has no fault that axe knows", async () => {
  render(() => <Welcome />);

  expect(await faults()).toEqual([]);
});

test.each([
  ["the list of rooms", "/"],
  ["a conversation", `/rooms/${room}`],
  ["the contacts", "/contacts"],
  ["the profile", "/profile"],
  ["the search", "/search?q=thanks"],
])("%s has no fault that axe knows", async (_, path) => {
  await renderParley({ path, server: aTeaRoom() });

  expect(await faults()).toEqual([]);
});

test("the details of a room have no fault that axe knows", async () => {
  const { user } = await renderParley({ path: `/rooms/${room}`, server: aTeaRoom() });

  await user.click(screen.getByRole("button", { name: "Details" }));

  expect(screen.getByRole("complementary", { name: "Details" })).toBeInTheDocument();
  expect(await faults()).toEqual([]);
});

test.each([["React", "dialog", "React"], ["More", "dialog", "Message"], ["Reply", "form", "Write a message"]])(
  "what %s opens has no fault that axe knows",
  async (button, role, name) => {
    const { user } = await renderParley({ path: `/rooms/${room}`, server: aTeaRoom() });

    await user.click(screen.getAllByRole("button", { name: button }).at(-1)!);

    expect(screen.getByRole(role, { name })).toBeInTheDocument();
    expect(await faults()).toEqual([]);
  },
);

test("Ctrl+K opens the switcher, which has no fault that axe knows, and Escape closes it", async () => {
  const { user } = await renderParley({ server: aTeaRoom() });

  await user.keyboard("{Control>}k{/Control}");
  const found = await faults();
  const choices = screen.getAllByRole("option").length;
  await user.keyboard("{Escape}");

  expect(found).toEqual([]);
  expect(choices).toBe(2); // the room, and the search of messages
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

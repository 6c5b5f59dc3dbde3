import { screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { ada, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

const room = "00000000-0000-7000-8000-0000000000a1";
const other = "00000000-0000-7000-8000-0000000000a2";

async function aComposer() {
  const server = aServer();
  server.room(room, [me.id, ada.id], { name: "Tea" });
  server.room(other, [me.id, ada.id], { name: "Coffee" });
  return await renderParley({ path: `/rooms/${room}`, server });
}
const input = () => screen.getByRole("textbox", { name: "Message" });
const send = () => screen.getByRole("button", { name: "Send" });

test("Enter sends, Shift+Enter begins a line", async () => {
  const { user, clock, sent } = await aComposer();

  await user.type(input(), "one{Shift>}{Enter}{/Shift}two{Enter}");
  await clock.advance(100);

  expect(sent).toEqual(["one\ntwo"]);
  expect(input()).toHaveValue("");
});

test("Enter that ends a composition of characters does not send", async () => {
  const { user, sent } = await aComposer();
  await user.type(input(), "にほん");

  input().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, isComposing: true }));

  expect(sent).toEqual([]);
  expect(input()).toHaveValue("にほん");
});

test("white space alone is nothing to send", async () => {
  const { user, sent } = await aComposer();

  await user.type(input(), "   {Enter}");

  expect(send()).toBeDisabled();
  expect(sent).toEqual([]);
});

test("near the limit the characters left are counted, and above it nothing is sent", async () => {
  const { user } = await aComposer();

  await user.click(input());
  await user.paste("🙂".repeat(3_990));
  const left = screen.getByText(/left$/).textContent;
  await user.paste("🙂".repeat(20));

  expect(left).toBe("10 left");
  expect(screen.getByText("10 too many")).toBeInTheDocument();
  expect(send()).toBeDisabled();
});

test("what is not sent stays with its room", async () => {
  const { user, clock } = await aComposer();

  await user.type(input(), "half a thou");
  await user.click(screen.getByRole("link", { name: /Coffee/ }));
  await clock.advance(100);
  const elsewhere = (input() as HTMLTextAreaElement).value;
  await user.click(screen.getByRole("link", { name: /Tea/ }));
  await clock.advance(100);

  expect(elsewhere).toBe("");
  expect(input()).toHaveValue("half a thou");
});

import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Contact } from "../../../functions/user/model.ts";
import { ada, grace } from "../testing/people.ts";
import { renderParley } from "../testing/renderParley.tsx";

const addedAt = "2026-11-01T09:00:00.000Z";

/** The contacts page with ada on it. */
async function theContacts() {
  let kept: Contact[] = [{ contactId: ada.id, nickname: null, addedAt, user: ada }];
  return await renderParley({
    path: "/contacts",
    api: {
      listContacts: () => Promise.resolve({ contacts: kept, cursor: null }),
      saveContact(contactId, nickname) {
        const contact = { contactId, nickname, addedAt, user: contactId === ada.id ? ada : grace };
        kept = [...kept.filter((other) => other.contactId !== contactId), contact];
        return Promise.resolve(contact);
      },
      removeContact: () => Promise.resolve(),
    },
  });
}
const names = () =>
  within(screen.getByRole("list", { name: "Contacts" })).getAllByRole("listitem").map((row) => row.textContent);

test("a person is added by search, and not offered twice", async () => {
  const { user, clock } = await theContacts();

  await user.click(screen.getByRole("button", { name: "Add contact" }));
  await user.type(screen.getByRole("combobox", { name: "Search people" }), "a");
  await clock.advance(300);
  const offered = screen.getAllByRole("option").map((option) => option.textContent);
  await user.click(screen.getByRole("option", { name: /Grace/ }));
  await clock.advance(100);

  expect(offered).not.toContainEqual(expect.stringContaining("Ada Lovelace"));
  expect(names()).toEqual([expect.stringContaining("Ada Lovelace"), expect.stringContaining("Grace Hopper")]);
});

test("a nickname is what the person is called from then on", async () => {
  const { user, clock } = await theContacts();

  await user.click(screen.getByRole("button", { name: "Nickname for Ada Lovelace" }));
  await user.type(screen.getByRole("textbox", { name: "Nickname" }), "The Countess{Enter}");
  await clock.advance(100);

  expect(names()).toEqual([expect.stringContaining("The Countess")]);
});

test("a nickname of more than 80 characters is refused before it is sent", async () => {
  const { user } = await theContacts();

  await user.click(screen.getByRole("button", { name: "Nickname for Ada Lovelace" }));
  await user.click(screen.getByRole("textbox", { name: "Nickname" }));
  await user.paste("x".repeat(81));
  await user.keyboard("{Enter}");

  expect(screen.getByText("Nickname must have at most 80 characters")).toBeInTheDocument();
});

test("Escape leaves a nickname as it was, and the focus where it began", async () => {
  const { user } = await theContacts();

  await user.click(screen.getByRole("button", { name: "Nickname for Ada Lovelace" }));
  await user.keyboard("The{Escape}");

  expect(names()).toEqual([expect.stringContaining("Ada Lovelace")]);
  expect(screen.getByRole("button", { name: "Nickname for Ada Lovelace" })).toHaveFocus();
});

test("removing asks once more", async () => {
  const { user, clock } = await theContacts();

  await user.click(screen.getByRole("button", { name: "Remove Ada Lovelace" }));
  const asked = names().length;
  await user.click(screen.getByRole("button", { name: "Remove?" }));
  await clock.advance(100);

  expect(asked).toBe(1);
  expect(screen.getByText(/Nobody yet/)).toBeInTheDocument();
});

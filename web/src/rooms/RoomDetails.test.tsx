import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { ada, alan, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

const room = "00000000-0000-7000-8000-0000000000a1";

/** The details of a room; the first of `people` owns it. */
async function theDetails(people = [me.id, ada.id, grace.id]) {
  const server = aServer();
  server.room(room, people, { name: "Tea" });
  const view = await renderParley({
    path: `/rooms/${room}`,
    server,
    api: {
      saveParticipant: (roomId, userId, role) => Promise.resolve(server.add(roomId, userId, role)),
      async updateRoom(roomId, { name, description }) {
        server.rename(roomId, name!, description);
        return await server.api.getRoom(roomId);
      },
      deleteRoom: (roomId) => Promise.resolve(server.raze(roomId)),
      removeParticipant: (roomId, userId) => Promise.resolve(server.part(roomId, userId)),
    },
  });
  await view.user.click(screen.getByRole("button", { name: "Details" }));
  return view;
}
const people = () => within(screen.getByRole("list", { name: "Participants" }));

test("an owner gives roles, adds and removes", async () => {
  const { user, clock, server } = await theDetails();

  await user.selectOptions(people().getByRole("combobox", { name: "Role of Ada Lovelace" }), "admin");
  await clock.advance(100);
  await user.click(people().getByRole("button", { name: "Remove Grace Hopper" }));
  await user.click(people().getByRole("button", { name: "Remove?" }));
  await clock.advance(100);
  await user.click(screen.getByRole("button", { name: "Add people" }));
  await user.type(screen.getByRole("combobox", { name: "Search people" }), "alan");
  await clock.advance(300);
  await user.keyboard("{Enter}");
  await clock.advance(100);

  expect(server.at(room).participants.map(({ userId, role }) => [userId, role])).toEqual([
    [me.id, "owner"],
    [ada.id, "admin"],
    [alan.id, "member"],
  ]);
  expect(people().getAllByRole("listitem")).toHaveLength(3);
});

test("a member may look and leave", async () => {
  const { user, clock } = await theDetails([ada.id, me.id, grace.id]);

  const means = people().queryAllByRole("button").length + people().queryAllByRole("combobox").length;
  await user.click(screen.getByRole("button", { name: "Leave conversation" }));
  await user.click(screen.getByRole("button", { name: "Press again to leave" }));
  await clock.advance(100);

  expect(means).toBe(0);
  expect(location.pathname).toBe("/");
  expect(screen.queryByRole("link", { name: /Tea/ })).not.toBeInTheDocument();
});

test("people stand by their role, then by their name", async () => {
  const { server, clock } = await theDetails([grace.id, me.id, alan.id]);

  server.add(room, ada.id);
  await clock.advance(100);

  expect(people().getAllByRole("listitem").map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^.*Grace Hopper/),
    expect.stringMatching(/^.*Ada Lovelace/),
    expect.stringMatching(/^.*Alan Turing/),
    expect.stringMatching(/\(you\)/),
  ]);
});

test("Escape closes the details, and the focus is back where they were opened", async () => {
  const { user } = await theDetails();

  await user.keyboard("{Escape}");

  expect(screen.queryByRole("complementary")).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Details" })).toHaveFocus();
});

test("an owner says anew what the room is called and about", async () => {
  const { user, clock, server } = await theDetails();

  await user.click(screen.getByRole("button", { name: "Name and description" }));
  const focused = (document.activeElement as HTMLInputElement).labels?.[0]?.textContent;
  await user.clear(screen.getByRole("textbox", { name: "Name" }));
  const blank = screen.getByRole("button", { name: "Save" });
  const isRefused = blank.hasAttribute("disabled");
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Coffee");
  await user.type(screen.getByRole("textbox", { name: "Description" }), "Black, mostly");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await clock.advance(100);

  expect(focused).toBe("Name");
  expect(isRefused).toBe(true);
  expect(server.at(room).room).toMatchObject({ name: "Coffee", description: "Black, mostly" });
  expect(screen.getByRole("heading", { name: "Coffee", level: 1 })).toBeInTheDocument();
  expect(screen.getByText("Black, mostly")).toBeInTheDocument();
});

test("Escape leaves the room's name as it was, and the details open", async () => {
  const { user, server } = await theDetails();

  await user.click(screen.getByRole("button", { name: "Name and description" }));
  await user.keyboard("!{Escape}");

  expect(server.at(room).room.name).toBe("Tea");
  expect(screen.getByRole("button", { name: "Name and description" })).toHaveFocus();
});

test("an owner deletes the room for everybody, by two presses", async () => {
  const { user, clock } = await theDetails();

  await user.click(screen.getByRole("button", { name: "Delete for everybody" }));
  await user.click(screen.getByRole("button", { name: "Press again: all messages go" }));
  await clock.advance(100);

  expect(location.pathname).toBe("/");
  expect(screen.queryByRole("link", { name: /Tea/ })).not.toBeInTheDocument();
});

test("a member is offered neither", async () => {
  await theDetails([ada.id, me.id]);

  expect(screen.queryByRole("button", { name: /Name and description|Delete/ })).not.toBeInTheDocument();
});

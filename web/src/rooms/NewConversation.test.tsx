import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Room } from "../../../functions/chat/model.ts";
import type { Api } from "../api/makeApi.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { alan, grace, me } from "../testing/people.ts";
import { aServer, renderParley } from "../testing/renderParley.tsx";

/** The client with the dialog open, by keyboard; `made` holds the rooms asked for. */
async function theDialog(api: Partial<Api> = {}) {
  const server = aServer();
  const made: Record<string, unknown>[] = [];
  const view = await renderParley({
    server,
    api: {
      async createRoom(room) {
        made.push(room);
        const id = room.id ?? "00000000-0000-7000-8000-0000000000b1";
        server.room(id, [me.id, ...(room.participantIds ?? [])], { name: "name" in room ? room.name : null });
        return await server.api.getRoom(id) as Room;
      },
      ...api,
    },
  });
  screen.getByRole("button", { name: "New conversation" }).focus();
  await view.user.keyboard("{Enter}");
  return { ...view, made };
}
const dialog = () => screen.queryByRole("dialog");
const options = () => screen.queryAllByRole("option").map((option) => option.textContent);

test("a few letters and Enter begin a direct conversation", async () => {
  const { user, clock, made } = await theDialog();

  await user.type(screen.getByRole("combobox", { name: "Search people" }), "alan");
  await clock.advance(300);
  await user.keyboard("{Enter}");
  await clock.advance(100);

  expect(made).toEqual([{ roomType: "direct", participantIds: [alan.id] }]);
  expect(location.pathname).toBe("/rooms/00000000-0000-7000-8000-0000000000b1");
  expect(dialog()).not.toBeInTheDocument();
});

test("arrows move through the results and the screen reader follows", async () => {
  const { user, clock } = await theDialog();
  const field = screen.getByRole("combobox");

  await user.type(field, "a");
  await clock.advance(300);
  await user.keyboard("{ArrowDown}");

  expect(options()).toEqual(
    ["Ada Lovelace@ada", "Alan Turing@alan", "Grace Hopper@grace"].map((name) => expect.stringContaining(name)),
  );
  expect(screen.getByRole("option", { selected: true })).toHaveTextContent("Alan Turing");
  expect(field).toHaveAttribute("aria-activedescendant", screen.getByRole("option", { selected: true }).id);
});

test("the server is asked when typing rests, not at each letter", async () => {
  const { user, clock } = await theDialog();

  await user.type(screen.getByRole("combobox"), "gra");
  await clock.advance(150);
  const early = options();
  await clock.advance(100);

  expect(early).toEqual([]);
  expect(options()).toHaveLength(1);
});

test("a search that finds no server goes on until it is answered", async () => {
  const answers = [new RequestFailed(null), new RequestFailed(503)];
  const { user, clock } = await theDialog({
    searchUsers() {
      const failure = answers.shift();
      return failure ? Promise.reject(failure) : Promise.resolve({ users: [grace] });
    },
  });

  await user.type(screen.getByRole("combobox"), "gra");
  await clock.advance(250);
  const meanwhile = within(dialog()!).queryByText("Searching…") !== null;
  await clock.advance(5_000);

  expect(meanwhile).toBe(true);
  expect(screen.queryByText("Searching…")).not.toBeInTheDocument();
  expect(options()).toEqual([expect.stringContaining("Grace Hopper")]);
});

test("what did not work is said in the dialog, once however often it is tried", async () => {
  const { user, clock } = await theDialog({ createRoom: () => Promise.reject(new RequestFailed(503)) });
  await user.type(screen.getByRole("combobox"), "alan");
  await clock.advance(300);

  await user.click(screen.getByRole("option"));
  await user.type(screen.getByRole("combobox"), "alan");
  await clock.advance(300);
  await user.click(screen.getByRole("option"));
  await clock.advance(100);

  expect(within(dialog()!).getAllByText("The server answered 503")).toHaveLength(1);
});

test("several people and a name make a group", async () => {
  const { user, clock, made } = await theDialog();

  await user.click(screen.getByRole("radio", { name: "Group" }));
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Supper");
  for (const name of ["alan", "grace"]) {
    await user.type(screen.getByRole("combobox"), name);
    await clock.advance(300);
    await user.keyboard("{Enter}");
  }
  const chosen = within(screen.getByRole("list", { name: "Chosen people" })).getAllByRole("listitem");
  await user.click(screen.getByRole("button", { name: "Create group" }));
  await clock.advance(100);

  expect(chosen).toHaveLength(2);
  expect(made).toMatchObject([{ roomType: "group", name: "Supper", participantIds: [alan.id, grace.id] }]);
  expect(screen.getByRole("heading", { name: "Supper" })).toBeInTheDocument();
});

test("a public room needs a name and says so", async () => {
  const { user, made } = await theDialog();

  await user.click(screen.getByRole("radio", { name: "Public" }));
  await user.click(screen.getByRole("button", { name: "Create public room" }));

  expect(screen.getByText("Name must not be blank")).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: "Name" })).toBeInvalid();
  expect(made).toEqual([]);
});

test("Escape closes it", async () => {
  const { user } = await theDialog();

  await user.keyboard("{Escape}");

  expect(dialog()).not.toBeInTheDocument();
});

test("a public room is found by what it is about, and joined", async () => {
  const id = "00000000-0000-7000-8000-0000000000c1", at = "2026-11-01T09:00:00.000Z";
  const asked: string[] = [];
  const server = aServer();
  const { user, clock } = await theDialog({
    getRoom: server.api.getRoom as Api["getRoom"],
    listMessages: server.api.listMessages as Api["listMessages"],
    discoverRooms(q) {
      asked.push(q);
      const found = { id, name: "Chess", description: "Openings", createdAt: at, updatedAt: at };
      return Promise.resolve({ rooms: [{ ...found, participantCount: 1, isMember: false }], cursor: null });
    },
    saveParticipant(roomId, userId) {
      server.room(roomId, [grace.id, userId], { name: "Chess", roomType: "public" });
      return Promise.resolve(server.at(roomId).participants[1]!);
    },
  });

  await user.click(screen.getByRole("radio", { name: "Join" }));
  await user.type(screen.getByRole("combobox", { name: "Search public rooms" }), "open");
  await clock.advance(300);
  const offered = options();
  await user.keyboard("{Enter}");
  await clock.advance(300);

  expect(asked).toEqual(["", "open"]);
  expect(offered).toEqual([expect.stringMatching(/Chess.*1 person · Openings/)]);
  expect(dialog()).not.toBeInTheDocument();
  expect(screen.getByRole("heading", { name: "Chess" })).toBeInTheDocument();
  expect(screen.getByText("This is where it begins.")).toBeInTheDocument();
});

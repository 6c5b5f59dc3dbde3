import { screen } from "@solidjs/testing-library";
import { expect, test, vi } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { me } from "../testing/people.ts";
import { renderParley } from "../testing/renderParley.tsx";

const field = (name: string) => screen.getByRole("textbox", { name });
const save = () => screen.getByRole("button", { name: "Save" });

test("what breaks the server's rules is said at the field, and cannot be saved", async () => {
  const { user } = await renderParley({ path: "/profile" });

  await user.clear(field("Display name"));
  await user.type(field("Picture address"), "http://example.org/me.png");
  await user.type(field("Phone number"), "call me");

  expect(field("Display name")).toHaveAccessibleDescription("Display name must not be blank");
  expect(field("Picture address")).toHaveAccessibleDescription("Picture address must begin with https://");
  expect(field("Phone number")).toHaveAccessibleDescription("Phone number must be a telephone number");
  expect(save()).toBeDisabled();
});

test("only what was changed is sent, and shows at once", async () => {
  const sent: unknown[] = [];
  const { user, clock } = await renderParley({
    path: "/profile",
    api: {
      updateMe(change) {
        sent.push(change);
        return Promise.resolve({ ...me, displayName: "Mary S." });
      },
    },
  });

  await user.clear(field("Display name"));
  await user.type(field("Display name"), "Mary S.");
  await user.click(save());
  await clock.advance(0);

  expect(sent).toEqual([{ displayName: "Mary S." }]);
  expect(screen.getByText("Saved.")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: /Mary S\./ })).toBeInTheDocument();
});

test("what could not be saved stays in the form, with the reason", async () => {
  const { user, clock } = await renderParley({
    path: "/profile",
    api: { updateMe: () => Promise.reject(new RequestFailed(null)) },
  });

  await user.type(field("Status"), "Away");
  await user.click(save());
  await clock.advance(0);

  expect(screen.getByText("Parley cannot be reached right now")).toBeInTheDocument();
  expect(field("Status")).toHaveValue("Away");
});

test("what is held on me is given to me as a file", async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(`${this.download} from ${this.href}`);
  });
  URL.createObjectURL = () => "blob:export";
  const { user, clock } = await renderParley({
    path: "/profile",
    api: { exportMe: () => Promise.resolve(new Blob(["{}"])) },
  });

  await user.click(screen.getByRole("button", { name: "Download my data" }));
  await clock.advance(100);
  vi.restoreAllMocks();

  expect(saved).toEqual(["parley-export.jsonl from blob:export"]);
});

test("an account is deactivated by two presses in a dialog, and that signs out", async () => {
  const done: string[] = [];
  const { user, clock } = await renderParley({
    path: "/profile",
    api: { deactivateMe: () => Promise.resolve(void done.push("deactivated")) },
    signOut: () => Promise.resolve(void done.push("signed out")),
  });

  await user.click(screen.getByRole("button", { name: "Deactivate account" }));
  await user.click(screen.getByRole("button", { name: "Deactivate" }));
  const meanwhile = [...done];
  await user.click(screen.getByRole("button", { name: "Press again: for good" }));
  await clock.advance(100);

  expect(meanwhile).toEqual([]);
  expect(done).toEqual(["deactivated", "signed out"]);
});

test("an account that could not be deactivated stays signed in, and says why", async () => {
  const { user, clock } = await renderParley({
    path: "/profile",
    api: { deactivateMe: () => Promise.reject(new RequestFailed(503)) },
    signOut: () => Promise.reject(new Error("nobody asked for this")),
  });

  await user.click(screen.getByRole("button", { name: "Deactivate account" }));
  await user.click(screen.getByRole("button", { name: "Deactivate" }));
  await user.click(screen.getByRole("button", { name: "Press again: for good" }));
  await clock.advance(100);

  expect(screen.getAllByText("The server answered 503")[0]).toBeInTheDocument();
});

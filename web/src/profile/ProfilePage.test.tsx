import { screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
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

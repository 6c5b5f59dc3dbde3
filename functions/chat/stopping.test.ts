import { expect, test } from "vitest";
import { ask, aUser } from "../../test/world.ts";
import { drain } from "../lib/lifecycle.ts";
import streamEvents from "./stream-events.ts";

test("a stream that is opened while the process stops ends at once, and says when to come back", async () => {
  const ada = await aUser();
  await drain(100);

  const res = await ask(streamEvents, "GET", "/api/events", { as: ada });

  expect(res.status).toBe(200);
  expect(await res.text()).toMatch(/retry: \d+/);
});

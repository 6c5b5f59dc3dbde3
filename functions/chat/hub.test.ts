import { expect, test } from "vitest";
import { users } from "../../test/world.ts";
import { chatDb } from "../lib/database.ts";
import { clientOf } from "../lib/needs.ts";
import { redis } from "../lib/redis.ts";
import { hubOf } from "./hub.ts";

const inAnHour = () => Date.now() + 3_600_000;

test("of one person's streams the oldest ends when there are more than 50; nobody else's does", async () => {
  const [ada, bob] = (await users(2)).map(({ id }) => id) as [string, string];
  const hub = hubOf(clientOf(chatDb), clientOf(redis));
  const bobs = (await hub.listen(bob, inAnHour())).getReader();
  const oldest = await hub.listen(ada, inAnHour());

  const others = [];
  for (let i = 0; i < 50; i++) others.push((await hub.listen(ada, inAnHour())).getReader());

  expect(await new Response(oldest).text()).toContain("goodbye");
  for (const reader of [bobs, ...others]) {
    expect(new TextDecoder().decode((await reader.read()).value)).toContain("welcome");
    await reader.cancel();
  }
});

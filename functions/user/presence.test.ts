import process from "node:process";
import { expect, inject, test, vi } from "vitest";
import { listen } from "../../test/talk.ts";
import { aRoom, ask, type Person, users } from "../../test/world.ts";
import { settled } from "../lib/lifecycle.ts";
import { clientOf } from "../lib/needs.ts";
import { redis } from "../lib/redis.ts";
import getPresence from "./get-presence.ts";
import type { Presence } from "./model.ts";
import { presenceKey, presenceSeconds } from "./presence.ts";
import setPresence from "./set-presence.ts";

const set = (as: Person, status: string) => ask(setPresence, "PUT", "/api/presence", { as, body: { status } });
const get = async (as: Person, ...people: Person[]) => {
  await settled();
  const res = await ask(getPresence, "GET", `/api/presence?ids=${people.map(({ id }) => id).join()}`, { as });
  expect(res.status).toBe(200);
  return (await res.json() as { presence: Presence[] }).presence;
};

test("what somebody says is what others see, for 90 seconds", async () => {
  const [ada, bob] = await users(2) as [Person, Person];

  const said = await (await set(ada, "busy")).json();

  expect(said).toEqual({ userId: ada.id, status: "busy", lastSeen: expect.any(String) });
  expect(await get(bob, ada)).toEqual([said]);
  const seconds = Number(await clientOf(redis).command("TTL", presenceKey(ada.id)));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(presenceSeconds);
});

test("who never said anything is offline, who left keeps when they were last seen, and who is nobody is left out", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  await set(ada, "online");
  await set(ada, "offline");

  const seen = await get(bob, ada, bob, { ...bob, id: crypto.randomUUID() });

  expect(seen).toHaveLength(2);
  expect(seen).toEqual(expect.arrayContaining([
    { userId: ada.id, status: "offline", lastSeen: expect.any(String) },
    { userId: bob.id, status: "offline", lastSeen: null },
  ]));
});

test("saying it again within a minute writes nothing to Postgres", async () => {
  const [ada] = await users(1) as [Person];

  const [first, second] = [await (await set(ada, "online")).json(), await (await set(ada, "away")).json()];

  expect(second.lastSeen).toBe(first.lastSeen);
});

test("those who share a room hear of a change, and of nothing when it is none", async () => {
  const [ada, bob, eve] = await users(3) as [Person, Person, Person];
  await aRoom(ada, bob);
  await aRoom(eve);
  const [bobs, eves] = [await listen(bob), await listen(eve)];
  await Promise.all([bobs.next("hello"), eves.next("hello")]);

  for (const status of ["online", "online", "away", "offline"]) {
    await set(ada, status);
    await settled();
  }
  await set(eve, "online");

  const heard = [await bobs.next(), await bobs.next(), await bobs.next()].map(({ data }) => data);
  expect(heard).toEqual(
    ["online", "away", "offline"].map((status) => ({ type: "presence.changed", userId: ada.id, status })),
  );
  expect((await eves.next()).data).toEqual({ type: "presence.changed", userId: eve.id, status: "online" });
  for (const ear of [bobs, eves]) ear.close();
});

test("without Redis one may say so all the same, and everybody is offline", async () => {
  const [ada] = await users(1) as [Person];
  process.env["UPSTASH_REDIS_REST_URL"] = "http://127.0.0.1:9";
  try {
    vi.resetModules(); // another process, as it were, whose gateway is away
    (await import("../lib/log.ts")).logTo(() => {});
    const { default: setElsewhere } = await import("./set-presence.ts");
    const { default: getElsewhere } = await import("./get-presence.ts");

    const said = await ask(setElsewhere, "PUT", "/api/presence", { as: ada, body: { status: "online" } });
    const seen = await ask(getElsewhere, "GET", `/api/presence?ids=${ada.id}`, { as: ada });

    expect([said.status, seen.status]).toEqual([200, 200]);
    expect((await seen.json()).presence).toMatchObject([{ userId: ada.id, status: "offline" }]);
  } finally {
    process.env["UPSTASH_REDIS_REST_URL"] = inject("settings")["UPSTASH_REDIS_REST_URL"]!;
  }
});

test.each([{}, { status: "here" }, { status: null }])("refuses %j with 400", async (body) => {
  const [ada] = await users(1) as [Person];

  expect((await ask(setPresence, "PUT", "/api/presence", { as: ada, body })).status).toBe(400);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fn } from "../../functions/lib/fn.ts";
import { settled } from "../../functions/lib/lifecycle.ts";
import { limited, limits } from "../../functions/lib/limited.ts";
import { signedIn } from "../../functions/lib/session.ts";
import { ask, aToken, aUser, type Person } from "../world.ts";
import { askedIn, askFor, inWords, operations } from "./asking.ts";
import { aScene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** How often one person may do what, and what is left to everybody else. */

type Kind = keyof typeof limits;
const kinds = Object.keys(limits) as Kind[];

/** Something that costs nothing but the right to do it. */
const free = Object.fromEntries(
  kinds.map((kind) => [kind, fn({ needs: [] }).get(`/${kind}`, signedIn, limited(kind), (c) => c.text("ok"))]),
) as unknown as Record<Kind, Parameters<typeof ask>[0]>;

const once = (kind: Kind, as: Person) => ask(free[kind], "GET", `/${kind}`, { as });

/** Do as much of a kind as one may, and a little more; what comes quickly is counted with what comes next. */
async function exhaust(kind: Kind, as: Person) {
  await Promise.all(Array.from({ length: limits[kind][0] + 1 }, () => once(kind, as)));
  vi.setSystemTime(Date.now() + 1_000);
  await once(kind, as);
  await settled();
}

const minute = 60_000;
beforeEach(() => {
  const midWindow = Math.floor(Date.now() / minute) * minute + minute / 2;
  vi.useFakeTimers({ toFake: ["Date"], now: midWindow });
});
afterEach(() => void vi.useRealTimers());

const limitedTo = (kind: Kind) => operations.filter(({ limit }) => limit === limits[kind]);

test.each(kinds)("who did too much (%s) waits, for as long as they are told, and only for that kind", async (kind) => {
  const scene = await aScene();
  const { member: eager, owner: calm } = scene.people;
  await exhaust(kind, eager);

  const [refused, other] = [await once(kind, eager), await once(kind, calm)];
  const others = await Promise.all(kinds.filter((other) => other !== kind).map((other) => once(other, eager)));

  const seconds = Number(refused.headers.get("retry-after"));
  expect([refused.status, other.status]).toEqual([429, 200]);
  expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(limits[kind][1]);

  if (limits[kind][1] > 60) return; // their token does not live as long as that
  vi.setSystemTime(Date.now() + 2 * minute);
  expect((await once(kind, eager)).status).toBe(200);
});

test.each(kinds)("every operation of the kind %s refuses who did too much: 429, nothing written", async (kind) => {
  const scene = await aScene();
  const { member: eager, owner: calm } = scene.people;
  await exhaust(kind, eager);
  const before = await stateOf(scene);

  expect(limitedTo(kind)).not.toEqual([]);
  for (const operation of limitedTo(kind)) {
    const res = await askFor(operation, askedIn(table[operation.name][0], scene, eager), { as: eager });
    expect.soft(res.headers.get("retry-after"), operation.name).toMatch(/^[1-9]\d*$/);
    expect.soft(await inWords(res, operation), operation.name).toBe("429 too-many-requests");
  }
  expect(await stateOf(scene)).toEqual(before);

  const [operation] = limitedTo(kind) as [(typeof operations)[number]];
  const res = await askFor(operation, askedIn(table[operation.name][0], scene, calm), { as: calm });
  expect(await inWords(res, operation)).toMatch(/^2/);
});

test("everything that changes something has a limit, and so has everything that searches or exports", () => {
  const unlimited = operations.filter(({ name, limit }) => !name.startsWith("auth/") && !limit);

  expect(unlimited.filter(({ method }) => method !== "GET").map(({ name }) => name)).toEqual([]);
  expect(unlimited.filter(({ name }) => /search|discover|export/.test(name)).map(({ name }) => name)).toEqual([]);
});

test("a limit is a person's, not a token's: another token of theirs does not help", async () => {
  const eager = await aUser();
  await exhaust("export", eager);
  const again = { ...eager, token: await aToken({ sub: eager.id, preferred_username: eager.username, exp: "4m" }) };

  expect((await once("export", again)).status).toBe(429);
});

import { createRoot } from "solid-js";
import { afterEach, expect, test, vi } from "vitest";
import type { Presence } from "../../../functions/user/model.ts";
import { makeTestClock } from "../time/makeTestClock.ts";
import { createBeat } from "./createBeat.ts";
import { createPresence } from "./createPresence.ts";
import { presenceWords } from "./presenceWords.ts";

const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
  vi.restoreAllMocks();
});
const owned = <T>(make: () => T): T =>
  createRoot((dispose) => {
    disposals.push(dispose);
    return make();
  });

/** My browser, telling the server that I am here; `told` holds what it said, by whether it was leaving. */
function aBrowser() {
  const clock = makeTestClock();
  const told: string[] = [];
  owned(() =>
    createBeat({
      clock,
      api: {
        setPresence(status, isLeaving) {
          told.push(isLeaving ? `${status} (keepalive)` : status);
          return Promise.reject(new Error("nobody waits for the answer"));
        },
      },
    })
  );
  function look(isVisible: boolean) {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue(isVisible ? "visible" : "hidden");
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }
  return { clock, told, look };
}

test("who looks at the page is online every 30 s", async () => {
  const { clock, told } = aBrowser();

  await clock.advance(65_000);

  expect(told).toEqual(["online", "online", "online"]);
});

test("who looks elsewhere is away, said once, and online as soon as they come back", async () => {
  const { clock, told, look } = aBrowser();

  look(false);
  await clock.advance(120_000);
  look(true);

  expect(told).toEqual(["online", "away", "online"]);
});

test("who touches nothing for five minutes is away until they do", async () => {
  const { clock, told } = aBrowser();

  await clock.advance(10 * 60_000);
  const idle = told.slice(-2);
  dispatchEvent(new Event("pointerdown"));

  expect(idle).toEqual(["online", "away"]);
  expect(told.at(-1)).toBe("online");
});

test("who closes the page says so on the way out", () => {
  const { told } = aBrowser();

  dispatchEvent(new Event("pagehide"));

  expect(told).toEqual(["online", "offline (keepalive)"]);
});

/** Somebody who looks at others; `asked` holds the ids of each request. */
function aLooker(there: Record<string, Presence["status"]>) {
  const clock = makeTestClock();
  const asked: (readonly string[])[] = [];
  const presence = owned(() =>
    createPresence({
      clock,
      api: {
        presenceOf(ids) {
          asked.push(ids);
          const presence = ids.map((userId) => ({ userId, status: there[userId] ?? "offline", lastSeen: null }));
          return Promise.resolve({ presence });
        },
      },
    })
  );
  return { clock, asked, presence };
}

test("people on the page are asked for in one request, and then heard of", async () => {
  const { clock, asked, presence } = aLooker({ ada: "online" });

  const before = presence.of("ada");
  presence.of("bob");
  await clock.advance(100);
  presence.hear({ type: "presence.changed", userId: "bob", status: "busy" });
  presence.hear({ type: "presence.changed", userId: "nobody I look at", status: "online" });

  expect(before).toBeUndefined();
  expect([presence.of("ada")?.status, presence.of("bob")?.status]).toEqual(["online", "busy"]);
  expect(asked).toEqual([["ada", "bob"]]);
});

test("who fell silent is found out within a minute, without asking for those who are not there", async () => {
  const there: Record<string, Presence["status"]> = { ada: "online" };
  const { clock, asked, presence } = aLooker(there);
  presence.of("ada");
  presence.of("bob");
  await clock.advance(100);

  delete there["ada"];
  await clock.advance(61_000);

  expect(presence.of("ada")?.status).toBe("offline");
  expect(asked).toEqual([["ada", "bob"], ["ada"]]);
});

test("whose account changed is asked for, if anybody looks: they may have left for good", async () => {
  const there: Record<string, Presence["status"]> = { ada: "online" };
  const { clock, asked, presence } = aLooker(there);
  presence.of("ada");
  await clock.advance(100);

  delete there["ada"];
  presence.hear({ type: "user.updated", userId: "ada" });
  presence.hear({ type: "user.updated", userId: "nobody I look at" });
  await clock.advance(100);

  expect(presence.of("ada")?.status).toBe("offline");
  expect(asked).toEqual([["ada"], ["ada"]]);
});

test("a stream that begins again may have missed something: everybody is asked for", async () => {
  const there: Record<string, Presence["status"]> = {};
  const { clock, presence } = aLooker(there);
  presence.of("bob");
  await clock.advance(100);

  there["bob"] = "online";
  presence.hear({ type: "hello", rooms: [] });
  await clock.advance(100);

  expect(presence.of("bob")?.status).toBe("online");
});

test.each(
  [
    [undefined, undefined],
    [{ status: "online", lastSeen: null }, "Online"],
    [{ status: "offline", lastSeen: null }, undefined],
    [{ status: "offline", lastSeen: "2026-11-23T10:05:00" }, "Last seen Today, 10:05 AM"],
  ] as const,
)("%j is said as %j", (known, words) => {
  expect(presenceWords(known, new Date("2026-11-23T00:00:00").getTime())).toBe(words);
});

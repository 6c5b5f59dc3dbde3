import { expect, test } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { makeTestClock, settle } from "../time/makeTestClock.ts";
import { makePageLock } from "./Lock.ts";
import { makeSession } from "./makeSession.ts";

/** A browser whose access token has expired; `answers` are the statuses of successive refreshes (0: no answer). */
function aBrowser(...answers: number[]) {
  const clock = makeTestClock();
  const lock = makePageLock();
  let isFresh = false, refreshedAt = 0, ended = 0;
  const requests: string[] = [];
  const server: typeof fetch = (input, init) => {
    requests.push(String(input));
    if (String(input) !== "/auth/refresh") {
      const isForged = new Headers(init?.headers).get("x-parley") !== "1";
      return Promise.resolve(new Response(null, { status: isForged ? 403 : isFresh ? 200 : 401 }));
    }
    const status = answers.shift() ?? 200;
    if (status === 0) return Promise.reject(new TypeError("network"));
    isFresh = status === 200;
    return Promise.resolve(new Response(null, { status }));
  };
  const aTab = () =>
    makeSession({
      fetch: server,
      clock,
      lock,
      refreshedAt: { get: () => refreshedAt, set: (at) => refreshedAt = at + 1 },
      onEnded: () => ended++,
    });
  const refreshes = () => requests.filter((request) => request === "/auth/refresh").length;
  return { clock, aTab, refreshes, ended: () => ended };
}

test("a request met by 401 is sent again after one refresh", async () => {
  const { aTab, refreshes } = aBrowser(200);

  const response = await aTab().fetch("/api/me");

  expect(response.status).toBe(200);
  expect(refreshes()).toBe(1);
});

test("many requests in many tabs share one refresh", async () => {
  const { aTab, refreshes } = aBrowser(200);
  const first = aTab(), second = aTab();

  const responses = await Promise.all([first, first, second, second].map((tab) => tab.fetch("/api/rooms")));

  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(refreshes()).toBe(1);
});

test("a refresh that another one is ahead of (409) is tried again shortly", async () => {
  const { aTab, clock } = aBrowser(409, 200);

  const response = aTab().fetch("/api/me");
  await clock.advance(1_000);

  expect((await response).status).toBe(200);
});

test("a server without its session store (503) signs nobody out", async () => {
  const { aTab, clock, ended } = aBrowser(503, 503, 200);

  const response = aTab().fetch("/api/me");
  await clock.advance(5_000);

  expect((await response).status).toBe(200);
  expect(ended()).toBe(0);
});

test("a server that stays away fails the request, and signs nobody out", async () => {
  const { aTab, clock, ended } = aBrowser(503, 503, 503, 503, 503, 200);
  const tab = aTab();

  const failure = tab.fetch("/api/me").catch((error) => error);
  await clock.advance(60_000);

  expect(await failure).toMatchObject({ status: 503, isTransient: true });
  expect((await tab.fetch("/api/me")).status).toBe(200);
  expect(ended()).toBe(0);
});

test("no answer to a refresh fails the request at once, and signs nobody out", async () => {
  const { aTab, ended } = aBrowser(0);

  const failure = await aTab().fetch("/api/me").catch((error) => error);

  expect(failure).toBeInstanceOf(RequestFailed);
  expect(failure).toMatchObject({ status: null });
  expect(ended()).toBe(0);
});

test("a refresh refused with 401 means signed out", async () => {
  const { aTab, ended } = aBrowser(401);

  const response = await aTab().fetch("/api/me");
  await settle();

  expect(response.status).toBe(401);
  expect(ended()).toBe(1);
});

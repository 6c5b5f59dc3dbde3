import { expect, test } from "vitest";
import { ask } from "../../test/world.ts";
import callback from "./callback.ts";

/** What a browser brings back whose sign-in was begun here. The tests' provider trades no codes. */
const attempt = JSON.stringify({ state: "abc", nonce: "n", codeVerifier: "v", returnTo: "/" });
const cookie = `parley-login-abc=${encodeURIComponent(attempt)}`;

test("a program is told that the provider is silent, and when to ask again", async () => {
  const res = await ask(callback, "GET", "/auth/callback?state=abc&code=x", { headers: { cookie } });

  expect(res.status).toBe(503);
  expect(res.headers.get("retry-after")).toBe("2");
});

test("a browser is sent to our own page at once, and what was kept for this sign-in is gone", async () => {
  const headers = { cookie, accept: "text/html" };

  const res = await ask(callback, "GET", "/auth/callback?state=abc&code=x", { headers });

  expect([res.status, res.headers.get("location")]).toEqual([302, "/?problem=login-failed"]);
  expect(res.headers.get("retry-after")).toBeNull();
  expect(res.headers.get("set-cookie")).toMatch(/^parley-login-abc=; Max-Age=0/);
});

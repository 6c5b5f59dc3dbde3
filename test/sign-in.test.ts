import { serve, type ServerType } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { migrate } from "../scripts/start/migrate.ts";
import { type Identity, startIdentity } from "../scripts/start/identity/server.ts";
import { Browsing } from "./browsing.ts";

/** login, callback, refresh and logout against the real embedded provider, through the real gateway. */

let base: string;
let server: ServerType;
let provider: Identity;
let browser: Browsing;
const someone = () => `person-${crypto.randomUUID().slice(0, 8)}`;
const accessToken = () => browser.cookie("parley-access");

beforeAll(async () => {
  const users = inject("settings")["USER_DATABASE_URL"]!;
  const identityUrl = users.replace("user-service-db", "identity");
  await migrate({ url: identityUrl, dir: "scripts/start/identity/migrations" });

  let answer = (_: Request): Response | Promise<Response> => new Response("not yet", { status: 503 });
  base = await new Promise((listening) => {
    server = serve({ fetch: (request) => answer(request), hostname: "127.0.0.1", port: 0 }, ({ port }: AddressInfo) => {
      listening(`http://localhost:${port}`);
    });
  });
  const client = { id: "parley-web", secret: "test-secret" };
  provider = await startIdentity({ publicUrl: base, audience: "parley-api", client, identityUrl, usersUrl: users });
  Object.assign(process.env, {
    PUBLIC_URL: base,
    OIDC_ISSUER: `${base}/realms/parley`,
    OIDC_TOKEN_URL: `${provider.url}/realms/parley/protocol/openid-connect/token`,
    OIDC_LOGOUT_URL: `${provider.url}/realms/parley/protocol/openid-connect/logout`,
    OIDC_JWKS_URL: `${provider.url}/realms/parley/protocol/openid-connect/certs`,
    OIDC_CLIENT_SECRET: client.secret,
  });

  const { gateway } = await import("../scripts/start/gateway.ts");
  const web = { fetch: () => new Response("the web client") };
  const handle = gateway({ publicUrl: base, identityUrl: provider.url, web });
  answer = (request) => handle(request, "127.0.0.1");
});

afterAll(async () => {
  server.close();
  await provider.stop();
});

beforeEach(() => void (browser = new Browsing(base)));

test("somebody signs up, lands where they wanted to go, and is known", async () => {
  const name = someone();

  const landed = await browser.signUp(name, "/rooms/1?x=y#z");
  const me = await browser.ask("/api/me");

  expect(landed.pathname + landed.search).toBe("/rooms/1?x=y");
  expect(me.status).toBe(200);
  expect(await me.json()).toMatchObject({ username: name, displayName: name, email: `${name}@example.org` });
});

test("cookies are out of reach for scripts and other sites, and the sign-in leaves nothing behind", async () => {
  await browser.signUp(someone());

  const res = await browser.ask("/auth/refresh", { method: "POST" });

  for (const line of res.headers.getSetCookie()) {
    expect(line).toMatch(/HttpOnly/);
    expect(line).toMatch(/SameSite=Strict/);
    expect(line).toMatch(/Path=\//);
  }
  expect(browser.sends("/")).not.toContain("parley-login");
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/.//evil.example",
  "/./\\evil.example",
  "/%2e%2e//evil.example",
  "",
])("return_to=%s leads home, not away", async (returnTo) => {
  const landed = await browser.signUp(someone(), returnTo);

  expect(landed.href).toBe(`${base}/`);
});

test("a callback that was not begun in this browser is refused, and sets no session", async () => {
  const other = new Browsing(base);
  const begun = await other.ask("/auth/login");
  const state = new URL(begun.headers.get("location")!).searchParams.get("state");

  const res = await browser.ask(`/auth/callback?code=stolen&state=${state}`);

  expect(res.status).toBe(400);
  expect(await res.json()).toMatchObject({ type: "/problems/login-failed" });
  expect(browser.sends("/")).toBe("");
});

test.each(["?code=x", "?state=x", "", "?error=access_denied&state=abc", "?state=<script>&code=x"])(
  "a callback with %s is a clear 4xx",
  async (search) => {
    const res = await browser.ask(`/auth/callback${search}`);

    expect(res.status).toBe(400);
  },
);

test.each(["garbage", "null", "%E0%A4%A", '{"returnTo":"//evil.example"}'])(
  "a login cookie that says %s is none",
  async (kept) => {
    browser.setCookie("parley-login-abc", kept);

    const res = await browser.ask("/auth/callback?code=x&state=abc");

    expect(res.status).toBe(400);
  },
);

test("a person whose sign-in failed is shown our own page", async () => {
  const res = await browser.ask("/auth/callback?code=x&state=y", { headers: { accept: "text/html" } });

  expect([res.status, res.headers.get("location")]).toEqual([302, "/?problem=login-failed"]);
});

test("refresh gives a new access token and says until when", async () => {
  await browser.signUp(someone());
  const first = accessToken();

  const res = await browser.ask("/auth/refresh", { method: "POST" });

  expect(res.status).toBe(200);
  const seconds = (Date.parse((await res.json()).expiresAt) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(200);
  expect(seconds).toBeLessThanOrEqual(300);
  expect(accessToken()).not.toBe(first);
  expect((await browser.ask("/api/me")).status).toBe(200);
});

test("a session cookie that was used before ends the session, for the thief and for the owner", async () => {
  await browser.signUp(someone());
  const old = browser.cookie("parley-session")!;
  await browser.ask("/auth/refresh", { method: "POST" });
  const thief = new Browsing(base);
  thief.setCookie("parley-session", old);

  const [stolen, owners] = [
    await thief.ask("/auth/refresh", { method: "POST" }),
    await browser.ask("/auth/refresh", { method: "POST" }),
  ];

  expect([stolen.status, owners.status]).toEqual([401, 401]);
  expect(await owners.json()).toMatchObject({ type: "/problems/session-ended" });
  expect(browser.sends("/api/me")).not.toContain("parley-");
  expect((await browser.follow("/auth/login?return_to=/rooms")).url.pathname).toBe("/rooms"); // the provider knows them
});

test("of two refreshes at once one wins and the other is told to try again; the session lives on", async () => {
  await browser.signUp(someone());
  const cookie = browser.sends("/auth/refresh");
  const ask = () =>
    fetch(`${base}/auth/refresh`, { method: "POST", headers: { cookie, "x-parley": "1", origin: base } });

  const answers = await Promise.all([ask(), ask()]);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test("a refresh from another site, or with a made-up cookie, gets nothing", async () => {
  await browser.signUp(someone());
  const foreign = await browser.ask("/auth/refresh", { method: "POST", headers: { origin: "https://evil.example" } });
  const nobody = new Browsing(base);
  nobody.setCookie("parley-session", "x".repeat(43) + "." + "y".repeat(43));

  const made = await nobody.ask("/auth/refresh", { method: "POST" });

  expect([foreign.status, made.status]).toEqual([403, 401]);
});

test("signing out ends everything: cookies, session and the provider's own", async () => {
  await browser.signUp(someone());
  const session = browser.cookie("parley-session")!;

  const res = await browser.ask("/auth/logout", { method: "POST" });

  expect(res.status).toBe(204);
  expect((await browser.ask("/api/me")).status).toBe(401);
  browser.setCookie("parley-session", session);
  expect((await browser.ask("/auth/refresh", { method: "POST" })).status).toBe(401);
  const again = await browser.follow("/auth/login");
  expect(again.url.pathname).toMatch(/^\/realms\/parley\//); // asked for the password, not signed in by itself
});

test("signing out twice, or from another site, does no harm", async () => {
  await browser.signUp(someone());

  const foreign = await browser.ask("/auth/logout", { method: "POST", headers: { "x-parley": "" } });
  const known = await browser.ask("/api/me");
  await browser.ask("/auth/logout", { method: "POST" });
  const twice = await browser.ask("/auth/logout", { method: "POST" });

  expect([foreign.status, known.status, twice.status]).toEqual([403, 200, 401]);
});

test("somebody the provider still knows comes back without a password", async () => {
  await browser.signUp(someone());
  browser.setCookie("parley-access", "");

  const landed = await browser.follow("/auth/login?return_to=/contacts");

  expect(landed.url.pathname).toBe("/contacts");
  expect((await browser.ask("/api/me")).status).toBe(200);
});

test("an access token made for the client, or by somebody else's key, opens nothing", async () => {
  await browser.signUp(someone());
  const [header, claims] = accessToken()!.split(".");

  const res = await fetch(`${base}/api/me`, {
    headers: { authorization: `Bearer ${header}.${claims}.${"A".repeat(86)}` },
  });

  expect(res.status).toBe(401);
});

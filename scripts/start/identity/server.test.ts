import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { type Postgres, startPostgres } from "../postgres.ts";
import { type Identity, mount, startIdentity } from "./server.ts";
import { Browser, pkce } from "./testing/browser.ts";

const publicUrl = "http://chat.test";
const issuer = publicUrl + mount;
const client = { id: "parley-web", secret: "the-client-secret" };
const base = mkdtempSync(path.join(tmpdir(), "parley-identity-"));
let server: Postgres;
let idp: Identity;

const start = () =>
  startIdentity({
    publicUrl,
    audience: "parley-api",
    client,
    identityUrl: server.url("identity"),
    usersUrl: server.url("user-service-db"),
  });

beforeAll(async () => {
  server = await startPostgres({ dir: path.join(base, "postgres"), password: "secret", ephemeral: true });
  const dir = (of: string) => new URL(of, import.meta.url).pathname;
  await Promise.all([
    migrate({ url: server.url("identity"), dir: dir("migrations") }),
    migrate({ url: server.url("user-service-db"), dir: dir("../../../functions/user/migrations") }),
  ]);
  idp = await start();
}, 60_000);

afterAll(async () => {
  await idp.stop();
  await server.stop();
  rmSync(base, { recursive: true, force: true });
});

let people = 0;
const somebody = () => {
  const username = `person-${++people}-${Date.now() % 10_000}`;
  return { username, email: `${username}@example.org`, displayName: "Ada <Lovelace>", password: "correct horse" };
};

/** Open the provider's page as login would. Gives the address of the page, and its text. */
async function open(browser: Browser, extra: Record<string, string> = {}) {
  const { verifier, challenge } = pkce();
  const query = new URLSearchParams({
    client_id: client.id,
    response_type: "code",
    redirect_uri: `${publicUrl}/auth/callback`,
    scope: "openid profile email",
    state: "s",
    nonce: "n",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...extra,
  });
  const { url, res } = await browser.follow(`${idp.url}${mount}/protocol/openid-connect/auth?${query}`, idp.url);
  return { verifier, url, status: res?.status, page: await res?.text() ?? "" };
}

/** Send a form and follow to the callback; the code, or the page that came back instead. */
async function submit(browser: Browser, url: string, form: Record<string, string>) {
  const res = await browser.go(url, form);
  if (res.status !== 303) return { status: res.status, page: await res.text() };
  const { url: callback } = await browser.follow(res.headers.get("location")!, idp.url);
  return { status: res.status, page: "", code: new URL(callback).searchParams.get("code")! };
}

async function token(form: Record<string, string>) {
  const res = await fetch(`${idp.url}${mount}/protocol/openid-connect/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` },
    body: new URLSearchParams({ redirect_uri: `${publicUrl}/auth/callback`, ...form }),
  });
  return { status: res.status, body: await res.json() };
}

const refresh = (refresh_token: string) => token({ grant_type: "refresh_token", refresh_token });

/** Sign up somebody new, and trade the code. */
async function signedUp(browser = new Browser(), person = somebody()) {
  const { url, verifier } = await open(browser, { prompt: "create" });
  const { code } = await submit(browser, `${url}/sign-up`, person);
  const { body } = await token({ grant_type: "authorization_code", code: code!, code_verifier: verifier });
  return { browser, person, tokens: body };
}

const keys = () => createRemoteJWKSet(new URL(`${idp.url}${mount}/protocol/openid-connect/certs`));

test("somebody signs up and gets tokens that say who they are", async () => {
  const { person, tokens } = await signedUp();

  const access = await jwtVerify(tokens.access_token, keys(), { issuer, audience: "parley-api", typ: "at+jwt" });
  const id = await jwtVerify(tokens.id_token, keys(), { issuer, audience: client.id });
  const claims = { preferred_username: person.username, email: person.email, name: person.displayName };
  expect(access.payload).toMatchObject(claims);
  expect(id.payload).toMatchObject({ ...claims, nonce: "n", sub: access.payload.sub });
  expect(access.payload.sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(access.payload.exp! - access.payload.iat!).toBeLessThanOrEqual(300);
  expect(decodeProtectedHeader(tokens.access_token).alg).toBe("EdDSA");
});

test("the endpoints stand where Keycloak has them, under the public address", async () => {
  const res = await fetch(`${idp.url}${mount}/.well-known/openid-configuration`, {
    headers: { "x-forwarded-host": "evil.test" },
  });

  expect(await res.json()).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/protocol/openid-connect/auth`,
    token_endpoint: `${issuer}/protocol/openid-connect/token`,
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
  });
});

test("sign-up says what is wrong with each field, keeps what was typed, and escapes it", async () => {
  const browser = new Browser();
  const { url } = await open(browser, { prompt: "create" });
  const typed = { username: "A!", email: "no-address", displayName: "<b>Ada</b>", password: "short" };

  const { status, page } = await submit(browser, `${url}/sign-up`, typed);

  expect(status).toBe(422);
  expect(page).toContain("Username must have at least 3 characters.");
  expect(page).toContain("E-mail must be an address like ada@example.org.");
  expect(page).toContain("Password must have at least 8 characters.");
  expect(page).toContain(`value="&lt;b&gt;Ada&lt;/b&gt;"`);
  expect(page).not.toContain("short");
});

test.each(["username", "email"] as const)("sign-up says that the %s is taken", async (field) => {
  const { person } = await signedUp();
  const browser = new Browser();
  const { url } = await open(browser, { prompt: "create" });

  const { status, page } = await submit(browser, `${url}/sign-up`, {
    ...somebody(),
    [field]: person[field].toUpperCase(),
  });

  expect(status).toBe(409);
  expect(page).toMatch(new RegExp(`id="${field}-note" class="wrong"[^>]*>[^<]*belongs to somebody else already`));
});

test("somebody signs in by username or e-mail, and is then known to the browser", async () => {
  const { person } = await signedUp();

  for (const login of [person.username.toUpperCase(), person.email]) {
    const browser = new Browser();
    const { url, page } = await open(browser);
    const { code } = await submit(browser, `${url}/sign-in`, { login, password: person.password });
    const again = await open(browser);

    expect(page).toContain("Welcome back");
    expect(code).toBeTruthy();
    expect(again.url).toMatch(/^http:\/\/chat\.test\/auth\/callback\?code=/);
  }
});

test("a wrong password and an unknown name get the same answer, and after ten the name must wait", async () => {
  const { person } = await signedUp();
  const browser = new Browser();
  const { url } = await open(browser);
  const answer = async (login: string) => {
    const { status, page } = await submit(browser, `${url}/sign-in`, { login, password: "wrong" });
    return { status, page: page.replaceAll(login, "…") };
  };

  const known = await answer(person.username);
  const unknown = await answer("nobody-at-all");
  for (let i = 0; i < 9; i++) await answer(person.username);
  const right = await submit(browser, `${url}/sign-in`, { login: person.username, password: person.password });

  expect(known).toEqual(unknown);
  expect(known.status).toBe(401);
  expect(right.status).toBe(429);
  expect(right.page).toContain("Too many attempts. Try again in 15 minutes.");
});

test("a refresh token works once: using it again ends all that came from it", async () => {
  const { tokens } = await signedUp();

  const second = await refresh(tokens.refresh_token);
  const reused = await refresh(tokens.refresh_token);
  const third = await refresh(second.body.refresh_token);

  expect(second.body.refresh_token).not.toBe(tokens.refresh_token);
  expect([second.status, reused.status, third.status]).toEqual([200, 400, 400]);
  expect(third.body.error).toBe("invalid_grant");
});

test("of two who use a refresh token in the same moment, at most one gets through", async () => {
  const { tokens } = await signedUp();

  const answers = await Promise.all([refresh(tokens.refresh_token), refresh(tokens.refresh_token)]);

  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  expect(answers.every(({ status }) => status === 200 || status === 400)).toBe(true);
});

test("direct logout ends the session and the grant, and only for our client", async () => {
  const { browser, tokens } = await signedUp();
  const logout = (client_secret: string, refresh_token = tokens.refresh_token) =>
    fetch(`${idp.url}${mount}/protocol/openid-connect/logout`, {
      method: "POST",
      body: new URLSearchParams({ client_id: client.id, client_secret, refresh_token }),
    });

  const statuses = [await logout("wrong"), await logout(client.secret, "unknown"), await logout(client.secret)].map((
    res,
  ) => res.status);

  expect(statuses).toEqual([401, 400, 204]);
  expect((await refresh(tokens.refresh_token)).status).toBe(400);
  expect((await open(browser)).page).toContain("Welcome back");
});

test("a restart of the provider logs nobody out", async () => {
  const { browser, tokens } = await signedUp();
  const keysBefore = await (await fetch(`${idp.url}${mount}/protocol/openid-connect/certs`)).text();

  await idp.stop();
  idp = await start();

  expect(await (await fetch(`${idp.url}${mount}/protocol/openid-connect/certs`)).text()).toBe(keysBefore);
  expect((await open(browser)).url).toContain("/auth/callback?code=");
  expect((await refresh(tokens.refresh_token)).status).toBe(200);
});

test("a form without the browser's own cookie is refused", async () => {
  const { url } = await open(new Browser(), { prompt: "create" });

  const { status, page } = await submit(new Browser(), `${url}/sign-up`, somebody());

  expect(status).toBe(400);
  expect(page).toContain("This page has expired");
});

test.each([
  ["no PKCE", { code_challenge: "", code_challenge_method: "" }],
  ["another redirect address", { redirect_uri: "http://evil.test/" }],
])("a request with %s does not come to a page to sign in on", async (_, extra) => {
  const { url, page } = await open(new Browser(), extra);

  expect(page).not.toContain("Welcome back");
  expect(url).not.toContain("evil.test/?code");
});

test("a code is of no use without its verifier", async () => {
  const browser = new Browser();
  const { url } = await open(browser, { prompt: "create" });
  const { code } = await submit(browser, `${url}/sign-up`, somebody());

  const { status, body } = await token({
    grant_type: "authorization_code",
    code: code!,
    code_verifier: pkce().verifier,
  });

  expect([status, body.error]).toEqual([400, "invalid_grant"]);
});

test("pages allow nothing but their own style and script", async () => {
  const browser = new Browser();
  const { url } = await open(browser);

  const { headers } = await browser.go(url);

  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'/,
  );
  expect(headers.get("cache-control")).toBe("no-store");
});

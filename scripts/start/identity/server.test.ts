import { decodeProtectedHeader, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { Browser, pkce } from "./testing/browser.ts";
import { client, issuer, testRealm } from "./testing/realm.ts";

const { at, restart, open, submit, token, refresh, somebody, signedUp, keys } = testRealm();

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
  const res = await fetch(at("/.well-known/openid-configuration"), {
    headers: { "x-forwarded-host": "evil.test" },
  });

  expect(await res.json()).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/protocol/openid-connect/auth`,
    token_endpoint: `${issuer}/protocol/openid-connect/token`,
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
  });
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
    fetch(at("/protocol/openid-connect/logout"), {
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
  const keysBefore = await (await fetch(at("/protocol/openid-connect/certs"))).text();

  await restart();

  expect(await (await fetch(at("/protocol/openid-connect/certs"))).text()).toBe(keysBefore);
  expect((await open(browser)).url).toContain("/auth/callback?code=");
  expect((await refresh(tokens.refresh_token)).status).toBe(200);
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

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRemoteJWKSet } from "jose";
import { afterAll, beforeAll } from "vitest";
import { migrate } from "../../migrate.ts";
import { type Postgres, startPostgres } from "../../postgres.ts";
import { type Identity, mount, startIdentity } from "../server.ts";
import { Browser, pkce } from "./browser.ts";

export const publicUrl = "http://chat.test";
export const issuer = publicUrl + mount;
export const client = { id: "parley-web", secret: "the-client-secret" };

/** A realm of its own for a test file, and what a browser and our back end do with it. */
export function testRealm() {
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
    const dir = (of: string) => new URL(`../${of}`, import.meta.url).pathname;
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
    const { url, res } = await browser.follow(at(`/protocol/openid-connect/auth?${query}`), idp.url);
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
    const res = await fetch(at(`/protocol/openid-connect/token`), {
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

  /** Where the provider itself has a path of the realm. */
  const at = (path: string) => `${idp.url}${mount}${path}`;

  async function restart(): Promise<void> {
    await idp.stop();
    idp = await start();
  }

  const keys = () => createRemoteJWKSet(new URL(at(`/protocol/openid-connect/certs`)));

  return { at, restart, open, submit, token, refresh, somebody, signedUp, keys };
}

import { expect, inject, test } from "vitest";
import { randomSecret } from "../../functions/lib/secret.ts";
import { inWords, operationOf } from "./asking.ts";

/** Signing in, refreshing and signing out with what no browser of ours would bring. */

const own = { "x-parley": "1", origin: "http://localhost:8080" };
const [login, callback, refresh, logout] = (["auth/login", "auth/callback", "auth/refresh", "auth/logout"] as const)
  .map(operationOf) as [
    ReturnType<typeof operationOf>,
    ReturnType<typeof operationOf>,
    ReturnType<typeof operationOf>,
    ReturnType<typeof operationOf>,
  ];

const ask = (operation: ReturnType<typeof operationOf>, headers: Record<string, string>, search = "") =>
  operation.app.request(`http://localhost:8080${operation.path}${search}`, { method: operation.method, headers });

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "/%09/evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "@evil.example",
  "/\u0000",
  "/\r\nset-cookie: a=b",
  "//localhost:8080@evil.example",
  "",
])("a sign-in that should lead to %j leads home and nowhere else", async (returnTo) => {
  const res = await ask(login, {}, `?${new URLSearchParams({ return_to: returnTo })}`);

  expect(res.status).toBe(302);
  expect(res.headers.get("location")).toMatch(new RegExp(`^${inject("settings")["OIDC_ISSUER"]}/`));
  const kept = JSON.parse(decodeURIComponent(/=([^;]+)/.exec(res.headers.get("set-cookie")!)![1]!));
  expect(kept.returnTo).toMatch(/^\/(?![/\\])[^\r\n\t\\]*$/);
});

test.each([`?return_to=/${"x".repeat(2_000)}`, "?prompt=none", "?prompt=", "?prompt=create%00"])(
  "a sign-in with %s is refused",
  async (search) => {
    expect(await inWords(await ask(login, {}, search), login)).toBe("400 invalid-request");
  },
);

const state = randomSecret();
const attempt = { state, nonce: randomSecret(), codeVerifier: randomSecret(), returnTo: "/" };

test.each<[string, string | undefined, string]>([
  ["of another browser", undefined, `?code=abc&state=${state}`],
  ["whose cookie is no JSON", "{", `?code=abc&state=${state}`],
  ["whose cookie is null", "null", `?code=abc&state=${state}`],
  ["whose cookie is a list", "[]", `?code=abc&state=${state}`],
  ["whose cookie holds numbers", JSON.stringify({ ...attempt, nonce: 1 }), `?code=abc&state=${state}`],
  ["whose cookie inherits", '{"__proto__":{"state":"a"}}', `?code=abc&state=${state}`],
  ["without a code", JSON.stringify(attempt), `?state=${state}`],
  ["that the provider refused", JSON.stringify(attempt), `?state=${state}&error=access_denied%00%0d%0a<script>`],
  ["without a state", JSON.stringify(attempt), "?code=abc"],
])("the end of a sign-in %s is 400", async (_, kept, search) => {
  const cookie = kept === undefined ? "" : `parley-login-${state}=${encodeURIComponent(kept)}`;

  const res = await ask(callback, { cookie }, search);

  expect(res.headers.get("set-cookie") ?? "").not.toMatch(/parley-(access|session)=[^;]/);
  expect(await inWords(res, callback)).toBe("400 login-failed");
});

test.each([
  "?state=a%20b",
  "?state=",
  `?state=${"a".repeat(101)}`,
  "?code=%00",
  `?code=${"a".repeat(4_097)}`,
  "?code=%e2%80%ae",
])(
  "the end of a sign-in with %s is refused as it stands",
  async (search) => {
    expect(await inWords(await ask(callback, {}, search), callback)).toBe("400 invalid-request");
  },
);

const cookies: Record<string, string> = {
  "no session of ours": `${randomSecret()}.${randomSecret()}`,
  "half a session": randomSecret(),
  "a session that is too long": `${randomSecret()}.${randomSecret()}.${randomSecret()}`,
  "words": "admin",
  "NUL": "%00",
  "a broken escape": "%E0%A4%A",
  "a Redis command": "*1%0d%0a$8%0d%0aFLUSHALL",
  "100 KB": "x".repeat(100_000),
  "__proto__": "__proto__",
};

test.each(Object.entries(cookies))("%s refreshes nothing, and its cookies end", async (_, value) => {
  const res = await ask(refresh, { ...own, cookie: `parley-session=${value}` });

  expect(res.headers.getSetCookie().map((cookie) => cookie.split(";")[0])).toEqual([
    "parley-access=",
    "parley-session=",
  ]);
  expect(await inWords(res, refresh)).toBe("401 session-ended");
});

test.each(Object.entries(cookies))("%s is signed out without a word", async (_, value) => {
  const res = await ask(logout, { ...own, cookie: `parley-session=${value}` });

  expect(await inWords(res, logout)).toBe("204");
});

test.each([refresh, logout].map((operation) => [operation.name, operation] as const))(
  "%s is refused to another site",
  async (_, operation) => {
    const cookie = `parley-session=${randomSecret()}.${randomSecret()}`;
    const elsewhere = [{}, { origin: own.origin }, { "x-parley": "1" }, { ...own, origin: "https://evil.example" }];

    for (const headers of elsewhere) {
      expect(await inWords(await ask(operation, { cookie, ...headers } as Record<string, string>), operation)).toBe(
        "403 cross-site",
      );
    }
  },
);

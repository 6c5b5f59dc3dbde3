import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { functions } from "../../functions/registry.ts";
import { wakePath } from "../../functions/web/waking.ts";
import { gateway } from "./gateway.ts";

/** What the identity provider was sent, newest last. */
const seen: IncomingHttpHeaders[] = [];
let provider: Server;
let identityUrl: string;

beforeAll(async () => {
  provider = createServer((req, res) => {
    seen.push(req.headers);
    res.end("ok");
  });
  await new Promise<void>((up) => provider.listen(0, "127.0.0.1", up));
  identityUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => void provider.close());

/** Ask the provider through a gateway that people reach at `publicUrl`. */
async function askProvider(publicUrl: string, headers: Record<string, string>, path = "/realms/parley/x") {
  const handle = gateway({ publicUrl, identityUrl, web: { fetch: () => new Response("web") } });
  return await handle(new Request(publicUrl + path, { headers }), "192.0.2.1");
}

test("the provider gets its own cookies and none of ours", async () => {
  await askProvider("http://localhost:8080", {
    cookie: "parley-access=a; parley-idp=b; parley-session=c; parley-idp.sig=d",
  });

  expect(seen.at(-1)!.cookie).toBe("parley-idp=b; parley-idp.sig=d");
});

test("without TLS in front nobody may say where they come from", async () => {
  await askProvider("http://localhost:8080", { "x-forwarded-for": "203.0.113.9", "x-forwarded-host": "evil.example" });

  expect(seen.at(-1)).toMatchObject({ "x-forwarded-for": "192.0.2.1" });
  expect(seen.at(-1)!["x-forwarded-host"]).toBeUndefined();
});

test("behind a proxy that speaks TLS people are told apart by what that proxy saw", async () => {
  await askProvider("https://chat.example.org", { "x-forwarded-for": "10.9.9.9, 203.0.113.9" });

  expect(seen.at(-1)!["x-forwarded-for"]).toBe("203.0.113.9");
});

test("a NUL goes no further", async () => {
  const before = seen.length;

  const res = await askProvider("http://localhost:8080", {}, "/realms/parley/x?client_id=%00");

  expect([res.status, seen.length]).toEqual([400, before]);
});

test("the API's own documents are files of the web client; anything else that is no operation is not there", async () => {
  const handle = gateway({
    publicUrl: "http://localhost:8080",
    identityUrl,
    web: { fetch: () => new Response("web") },
  });
  const ask = async (path: string, method = "GET") =>
    (await handle(new Request(`http://localhost:8080${path}`, { method }), "192.0.2.1")).status;

  expect(await Promise.all(["/api/docs", "/api/openapi.json"].map((path) => ask(path)))).toEqual([200, 200]);
  expect(await Promise.all(["/api/docs.html", "/api", "/api/doc"].map((path) => ask(path)))).toEqual([404, 404, 404]);
  expect(await ask("/api/docs", "POST")).toBe(404);
});

test("each function can be woken by its name, which tells nothing more", async () => {
  const handle = gateway({
    publicUrl: "http://localhost:8080",
    identityUrl,
    web: { fetch: () => new Response("web") },
  });
  const ask = (path: string, method = "GET") =>
    handle(new Request(`http://localhost:8080${path}`, { method }), "192.0.2.1");

  const woken = await Promise.all(Object.keys(functions).map((file) => ask(wakePath(path.basename(file)))));

  expect(new Set(await Promise.all(woken.map((res) => res.text())))).toEqual(new Set(["ok"]));
  for (const none of ["/healthz/nobody", "/healthz/", "/healthz/chat/list-rooms", "/healthz/list-rooms/x"]) {
    expect((await ask(none)).status).toBe(404);
  }
  expect((await ask(wakePath("list-rooms"), "POST")).status).toBe(404);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import serve from "./serve.ts";

const root = mkdtempSync(path.join(tmpdir(), "parley-web-"));
const script = "console.log('Parley');\n".repeat(100);

beforeAll(() => {
  process.env.WEB_ROOT = path.join(root, "dist");
  mkdirSync(path.join(root, "dist/assets"), { recursive: true });
  writeFileSync(path.join(root, "dist/index.html"), "<!doctype html><title>Parley</title>");
  writeFileSync(path.join(root, "dist/assets/index-B4d_-9xZ.js"), script);
  writeFileSync(path.join(root, "dist/favicon.svg"), "<svg/>");
  writeFileSync(path.join(root, "dist/.built-from"), "hidden");
  writeFileSync(path.join(root, "secret.txt"), "outside");
});
afterAll(() => rmSync(root, { recursive: true }));

const get = (url: string, headers: Record<string, string> = {}) =>
  serve.fetch(new Request(`http://localhost${url}`, { headers }));
const page = { accept: "text/html,*/*;q=0.8" };

test.each(["/", "/index.html", "/rooms/0192", "/people/ada"])(
  "a page that is opened at %s gets the client",
  async (url) => {
    const res = await get(url, page);

    expect(res.status).toBe(200);
    expect(res.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(res.headers.get("cache-control")).toBe("no-cache");
    expect(await res.text()).toContain("<title>Parley</title>");
  },
);

test("nothing but our own files may run on a page, and nobody may frame it", async () => {
  const { headers } = await get("/", page);

  expect(headers.get("content-security-policy")).toMatch(/^default-src 'self'; .*frame-ancestors 'none'$/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
});

test.each([
  ["br", "gzip, deflate, br, zstd", brotliDecompressSync],
  ["gzip", "gzip, br;q=0", gunzipSync],
])("a script travels as %s, and may be kept for a year", async (encoding, accepted, unpack) => {
  const res = await get("/assets/index-B4d_-9xZ.js", { "accept-encoding": accepted });

  expect(res.headers.get("content-encoding")).toBe(encoding);
  expect(res.headers.get("vary")).toBe("accept-encoding");
  expect(res.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(unpack(new Uint8Array(await res.arrayBuffer())).toString()).toBe(script);
});

test("what a build has compressed travels as it is, and is no page of its own", async () => {
  writeFileSync(path.join(root, "dist/built.js"), script);
  writeFileSync(path.join(root, "dist/built.js.br"), "made at build time");

  const res = await get("/built.js", { "accept-encoding": "br" });

  expect(res.headers.get("content-encoding")).toBe("br");
  expect(await res.text()).toBe("made at build time");
  expect((await get("/built.js.br")).status).toBe(404);
});

test("the API's page has a path of its own, and the CSP of every page", async () => {
  mkdirSync(path.join(root, "dist/api"), { recursive: true });
  writeFileSync(path.join(root, "dist/api/docs.html"), "<!doctype html><title>API</title>");

  const res = await get("/api/docs", page);

  expect([res.status, res.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(res.headers.get("content-security-policy")).toMatch(/^default-src 'self'/);
  expect(await res.text()).toContain("<title>API</title>");
});

test("a file that has not changed is not sent again", async () => {
  const first = await get("/favicon.svg");
  const etag = first.headers.get("etag")!;

  const again = await get("/favicon.svg", { "if-none-match": `"other", W/${etag}` });

  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
});

test("a file that was built anew is sent anew", async () => {
  const name = path.join(root, "dist/theme.js");
  writeFileSync(name, "old");
  await get("/theme.js");
  writeFileSync(name, "newer");

  expect(await (await get("/theme.js")).text()).toBe("newer");
});

test.each([
  "/assets/gone.js",
  "/.built-from",
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/assets/..%5c..%5csecret.txt",
  "/assets",
  "/%00",
  "/%E0%A4%A",
])("there is nothing at %s", async (url) => {
  const res = await get(url);

  expect(res.status).toBe(404);
  expect(res.headers.get("content-type")).toBe("application/problem+json");
});

test("a page asks for a script that is gone: 404, not the page", async () => {
  const res = await get("/assets/gone.js", { accept: "*/*", "sec-fetch-mode": "no-cors" });

  expect(res.status).toBe(404);
});

test("nothing can be sent here", async () => {
  const res = await serve.fetch(new Request("http://localhost/", { method: "POST" }));

  expect(res.status).toBe(404);
});

test("HEAD tells what GET would", async () => {
  const res = await serve.fetch(new Request("http://localhost/favicon.svg", { method: "HEAD" }));

  expect([res.status, res.headers.get("content-type"), await res.text()]).toEqual([200, "image/svg+xml", ""]);
});

import { importJWK, SignJWT } from "jose";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { logTo } from "../../functions/lib/log.ts";
import { firstRequest } from "../bench/request.ts";
import { makeScene, type Scene } from "../bench/scene.ts";
import { build } from "./build.ts";
import { entryArgs, type EntryName, entryNames } from "./entry.ts";
import { run } from "./run.ts";

const root = mkdtempSync(path.join(tmpdir(), "parley-image-"));
const deno = path.join(path.dirname(createRequire(import.meta.url).resolve("deno/package.json")), "deno");
const place = { deno, root, cache: path.join(root, "cache") };
const names = Object.keys(functions) as FunctionName[];

beforeAll(() => build(root));
afterAll(() => rmSync(root, { recursive: true }));

const read = (name: string) => readFileSync(path.join(root, name));
const settings = () => inject("settings");

async function sign(subject: string): Promise<string> {
  const key = await importJWK(inject("signingKey"), "EdDSA");
  return await new SignJWT({ preferred_username: `user-${subject.slice(0, 13)}` })
    .setProtectedHeader({ alg: "EdDSA", kid: "test" }).setSubject(subject).setIssuer(settings()["OIDC_ISSUER"]!)
    .setAudience("parley-api").setExpirationTime("5m").sign(key);
}

logTo(() => {});
const aScene = (): Promise<Scene> => makeScene(settings(), { keys: [], sign });

test.each(names)("%s answers from its bundle, with its least permissions, and leaves on SIGTERM", async (name) => {
  const { url, output, stop } = await run(name, settings(), place);
  const { path, init, isRight } = firstRequest(name, await aScene());

  const health = await fetch(`${url}/healthz`);
  const res = await fetch(url + path, init);
  if (name === "chat/stream-events") await res.body!.cancel();

  expect(await health.text()).toBe("ok");
  expect(isRight(res.status), `${res.status}: ${output()}`).toBe(true);
  expect(await stop()).toBe(0);
  expect(output()).not.toMatch(/NotCapable|"level":"(warn|error)"/);
});

test("the web server sends what the build has compressed, and reads nothing but the client", async () => {
  const { url, stop } = await run("web/serve", {}, place);

  const page = await fetch(url, { headers: { accept: "text/html" } });
  const outside = await fetch(`${url}/..%2f..%2fchat/list-rooms.js`);

  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(await page.text()).toContain("<title>");
  expect(outside.status).toBe(404);
  expect(await stop()).toBe(0);
});

test("each text file of the client lies there compressed too", () => {
  const client = path.join(root, "web/client");
  const scripts = readdirSync(path.join(client, "assets")).filter((name) => name.endsWith(".js"));

  expect(scripts).not.toEqual([]);
  for (const name of scripts) {
    const script = readFileSync(path.join(client, "assets", name));
    if (script.length < 512) continue;
    expect(brotliDecompressSync(readFileSync(path.join(client, "assets", `${name}.br`))).equals(script)).toBe(true);
    expect(gunzipSync(readFileSync(path.join(client, "assets", `${name}.gz`))).equals(script)).toBe(true);
  }
});

test("the Redis gateway says that it has no Redis, instead of forgetting all on every start", async () => {
  const { url, output, stop } = await run("redis/rest", { UPSTASH_REDIS_REST_TOKEN: "secret" }, place);

  const res = await fetch(url, { method: "POST", headers: { authorization: "Bearer secret" }, body: '["PING"]' });
  await res.body?.cancel();
  await stop();

  expect(res.status).toBe(500);
  expect(output()).toContain("the setting REDIS_URL is missing");
});

test("no bundle holds what it does not need, and none is large", () => {
  for (const name of entryNames.filter((name) => name !== "redis/rest")) {
    const code = read(`${name}.js`).toString();
    expect(code, name).not.toMatch(/ZodError|ioredis|vitest|#region \S+\.test\.ts/);
    expect(code.match(/from "(?!\.)[^"]+"/g), name).toBeNull();
    expect(code.length, name).toBeLessThan(320_000);
  }
  expect(read("redis/rest.js").toString()).not.toMatch(/ZodError|ioredis|fengari/);
  expect(statSync(path.join(root, "redis/rest.js")).size).toBeLessThan(1_300_000);
});

test("the same sources give the same files", async () => {
  const again = mkdtempSync(path.join(tmpdir(), "parley-image-"));
  const hashOf = (dir: string, name: string) =>
    createHash("sha256").update(readFileSync(path.join(dir, name))).digest("hex");
  const some: EntryName[] = ["chat/send-message", "web/serve", "migrations"];

  await build(again, some);

  const files = readdirSync(again, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(path.join(again, name)).isFile());
  expect(files.length).toBeGreaterThan(some.length);
  for (const name of files) expect(hashOf(again, name), name).toBe(hashOf(root, name));
  rmSync(again, { recursive: true });
});

test("a container's command: the entry, its address and hosts, no file, and no secret", () => {
  const { command, args } = entryArgs("chat/list-rooms", {
    CHAT_DATABASE_URL: "postgres://chat:secret@pooler.postgres.svc/chat-service-db",
    OIDC_ISSUER: "https://auth.example.org/realms/parley",
  });

  expect(command).toEqual(["/bin/deno"]);
  expect(args[0]).toBe("run");
  expect(args.at(-1)).toBe("/app/chat/list-rooms.js");
  expect(args).toContain("--allow-net=0.0.0.0:8080,auth.example.org:443,pooler.postgres.svc:5432");
  expect(args.join(" ")).not.toMatch(/secret|allow-(read|write|run|ffi|sys|all)|-A/);
});

test("the web server may read the client, the migrations listen nowhere", () => {
  expect(entryArgs("web/serve", {}).args).toContain("--allow-read=/app/web/client");
  expect(entryArgs("migrations", {}).args.join(" ")).not.toContain("allow-net");
});

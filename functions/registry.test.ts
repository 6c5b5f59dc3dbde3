import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { aRoom, ask, aToken, aUser } from "../test/world.ts";
import { describe } from "./lib/fn.ts";
import { maxBodyBytes } from "./lib/validate.ts";
import { functions } from "./registry.ts";

/** Files of an operation's folder that hold no operation do not begin one: they never call `fn(`. */
const files = ["auth", "chat", "user"].flatMap((folder) =>
  readdirSync(path.join("functions", folder))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .filter((file) => /^export default fn\(/m.test(readFileSync(path.join("functions", folder, file), "utf8")))
    .map((file) => `${folder}/${file.replace(/\.ts$/, "")}`)
);

const all = Object.entries(functions).map(([file, app]) => ({ file, app, ...describe(app) }));
type Fn = (typeof all)[number];

const isAuth = ({ file }: Fn) => file.startsWith("auth/");
const takesBody = (fn: Fn) => fn.body !== undefined;
const closed = all.filter(({ file }) => file !== "auth/login" && file !== "auth/callback");
const api = all.filter((fn) => !isAuth(fn));
const changing = api.filter(({ method }) => method !== "GET");
const ofRooms = all.filter((fn) => fn.path.includes(":roomId"));
const withIds = all.filter((fn) => /:\w+Id/.test(fn.path));
const withBody = all.filter(takesBody);

/** A path of this route with ids that exist for nobody, or as given. */
const filled = (route: string, ids: { roomId?: string; userId?: string; messageId?: string } = {}) =>
  route.replace(/:(roomId|userId|messageId)/g, (_, name: keyof typeof ids) => ids[name] ?? crypto.randomUUID())
    .replace(":emoji", encodeURIComponent("👍"));

const withQuery = (file: string, url: string) => file === "chat/get-changes" ? `${url}?since=0` : url;

async function expectProblem(res: Response, status: number) {
  expect(res.headers.get("content-type")).toContain("application/problem+json");
  expect(await res.json()).toMatchObject({ type: expect.stringMatching(/^\/problems\//), status });
  expect(res.status).toBe(status);
}

test("the registry lists every operation, and every listed operation is a file", () => {
  expect(Object.keys(functions).sort()).toEqual(files.sort());
});

test("no two operations share a name or a route", () => {
  const names = all.map(({ file }) => path.basename(file));
  const routes = all.map(({ method, path }) => `${method} ${path}`);

  expect(new Set(names).size).toBe(names.length);
  expect(new Set(routes).size).toBe(routes.length);
});

test.each(all)("$file answers /healthz without touching a need", async ({ app }) => {
  const res = await app.request("/healthz");

  expect(res.status).toBe(200);
});

test.each(closed)("$file gives 401 to somebody who is not signed in", async (fn) => {
  const res = await ask(fn.app, fn.method, filled(fn.path), takesBody(fn) ? { body: {} } : {});

  await expectProblem(res, 401);
});

test.each(api)("$file gives 401 to tokens that are not for here and now", async (fn) => {
  const sub = crypto.randomUUID();
  const wrong = await Promise.all([
    aToken({ sub, iss: "https://elsewhere.example/realms/parley" }),
    aToken({ sub, aud: "parley-web" }),
    aToken({ sub, exp: "-1m" }),
    aToken({ sub: "not-a-uuid" }),
    "not.a.token",
    `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ sub }))}.`,
  ]);

  for (const token of wrong) {
    const headers = { authorization: `Bearer ${token}` };
    await expectProblem(await ask(fn.app, fn.method, filled(fn.path), { headers }), 401);
  }
});

test.each(changing)("$file refuses a change made with a cookie from another site: 403", async (fn) => {
  const cookie = `parley-access=${(await aUser()).token}`;
  const asked: Record<string, string>[] = [
    { cookie },
    { cookie, origin: "http://localhost:8080" },
    { cookie, "x-parley": "1" },
    { cookie, "x-parley": "1", origin: "https://evil.example" },
    { cookie, "x-parley": "1", origin: "null" },
  ];

  for (const headers of asked) await expectProblem(await ask(fn.app, fn.method, filled(fn.path), { headers }), 403);
});

test.each(ofRooms)("$file hides a room from a stranger: 404", async (fn) => {
  const [owner, eve] = [await aUser(), await aUser()];
  const room = await aRoom(owner);
  const path = withQuery(fn.file, filled(fn.path, { roomId: room.id, userId: eve.id }));
  const body = { id: crypto.randomUUID(), content: "hi", seq: 1 };

  const res = await ask(fn.app, fn.method, path, { as: eve, ...(takesBody(fn) && { body }) });

  await expectProblem(res, 404);
});

test.each(withIds)("$file gives 404 for an id that is no UUID", async (fn) => {
  const path = withQuery(fn.file, filled(fn.path, { roomId: "1 or 1=1", userId: "%00", messageId: "%00" }));

  const res = await ask(fn.app, fn.method, path, { as: await aUser(), ...(takesBody(fn) && { body: {} }) });

  await expectProblem(res, 404);
});

test.each(ofRooms)("$file knows a room by one name only: 404 for its id in capitals", async (fn) => {
  const owner = await aUser();
  const room = await aRoom(owner);
  const path = withQuery(fn.file, filled(fn.path, { roomId: room.id.toUpperCase(), userId: owner.id }));

  const res = await ask(fn.app, fn.method, path, { as: owner, ...(takesBody(fn) && { body: {} }) });

  await expectProblem(res, 404);
});

test.each(withBody)("$file gives 400 for a body that is not a JSON object", async (fn) => {
  const as = await aUser();

  for (const body of ["{", "[]", "null", '"text"', "1e999"]) {
    await expectProblem(await ask(fn.app, fn.method, filled(fn.path), { as, body }), 400);
  }
});

test.each(withBody)("$file gives 415 for a body of another type", async (fn) => {
  const headers = { "content-type": "text/plain" };

  const res = await ask(fn.app, fn.method, filled(fn.path), { as: await aUser(), body: '{"a":1}', headers });

  await expectProblem(res, 415);
});

test.each(withBody)("$file gives 413 for a body over 64 KiB", async (fn) => {
  const body = JSON.stringify({ content: "x".repeat(maxBodyBytes) });

  const res = await ask(fn.app, fn.method, filled(fn.path), { as: await aUser(), body });

  await expectProblem(res, 413);
});

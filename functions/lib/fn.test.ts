import { expect, test } from "vitest";
import { logged } from "../../test/settings.ts";
import { ask, aUser } from "../../test/world.ts";
import { chatDb } from "./database.ts";
import { describe, fn } from "./fn.ts";
import { identity } from "./identity.ts";
import { limited } from "./limited.ts";
import { problem } from "./problem.ts";
import { redis } from "./redis.ts";
import { signedIn } from "./session.ts";

const lines = () => logged.map((line) => JSON.parse(line));

test("describes a function by its one route and every need, those of its steps included", () => {
  const app = fn({ needs: [chatDb], scale: { max: 3 } }).post(
    "/things/:id",
    signedIn,
    limited("write"),
    (c) => c.text("ok"),
  );

  const known = describe(app);

  expect(known).toMatchObject({ method: "POST", path: "/things/:id", scale: { max: 3 }, timeoutSeconds: 60 });
  expect(known.needs).toEqual([chatDb, identity, redis]);
});

test("a function with two routes cannot be described", () => {
  const app = fn({ needs: [] }).get("/a", (c) => c.text("a")).get("/b", (c) => c.text("b"));

  expect(() => describe(app)).toThrow("exactly one route");
});

test("an unknown error leaves as a bare 500 with the request id, and is logged once with its cause", async () => {
  const app = fn({ needs: [] }).get("/broken", () => {
    throw new Error("the secret cause");
  });

  const res = await app.request("/broken", { headers: { "x-request-id": "req-42" } });

  expect(res.status).toBe(500);
  const body = await res.text();
  expect(JSON.parse(body)).toMatchObject({ type: "/problems/internal", requestId: "req-42" });
  expect(body).not.toContain("secret");
  const told = lines().filter(({ requestId, level }) => requestId === "req-42" && level === "error");
  expect(told.filter(({ error }) => error === "the secret cause")).toHaveLength(1);
});

test("a lost database is 503, not our mistake", async () => {
  const app = fn({ needs: [] }).get("/lost", () => {
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  });

  const res = await app.request("/lost");

  expect(res.status).toBe(503);
  expect(res.headers.get("retry-after")).toBe("1");
});

test("logs one line per request, with who and how long but nothing that was said", async () => {
  const app = fn({ needs: [] }).post("/quiet/:id", signedIn, (c) => c.text("ok"));
  const me = await aUser();
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  const res = await ask(app, "POST", "/quiet/1?q=hidden", {
    as: me,
    body: { content: "hidden" },
    headers: { traceparent },
  });

  const mine = lines().filter(({ requestId }) => requestId === res.headers.get("x-request-id"));
  expect(mine).toMatchObject([{
    route: "POST /quiet/:id",
    userId: me.id,
    status: 200,
    traceparent,
    ms: expect.any(Number),
  }]);
  expect(JSON.stringify(mine)).not.toMatch(new RegExp(`hidden|${me.token}`));
});

test("answers carry their timing, a request id and no permission to be stored", async () => {
  const app = fn({ needs: [] }).get("/plain", (c) => c.text("ok"));

  const res = await app.request("/plain", { headers: { "x-request-id": "bad id\n".trim() } });

  expect(res.headers.get("server-timing")).toMatch(/^app;dur=/);
  expect(res.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(res.headers.get("cache-control")).toBe("no-store");
});

test("HEAD lets go of the body it does not send", async () => {
  let isCancelled = false;
  const app = fn({ needs: [] }).get(
    "/endless",
    (c) => c.body(new ReadableStream({ cancel: () => void (isCancelled = true) })),
  );

  const res = await app.request("/endless", { method: "HEAD" });

  expect([res.status, isCancelled]).toEqual([200, true]);
});

test("an unknown path is 404 problem+json", async () => {
  const res = await fn({ needs: [] }).get("/here", (c) => c.text("ok")).request("/there");

  expect(res.status).toBe(404);
  expect(await res.json()).toMatchObject({ type: "/problems/not-found" });
});

test("a problem keeps the cookies that were set before it", async () => {
  const app = fn({ needs: [] }).get("/cookie", (c) => {
    c.header("set-cookie", "a=b");
    throw problem("session-ended");
  });

  const res = await app.request("/cookie");

  expect(res.status).toBe(401);
  expect(res.headers.get("set-cookie")).toBe("a=b");
});

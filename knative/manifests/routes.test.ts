import path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { describe } from "../../functions/lib/fn.ts";
import { functions } from "../../functions/registry.ts";
import web from "../../functions/web/serve.ts";
import { wakePath } from "../../functions/web/waking.ts";
import { unknownHost as host } from "./names.ts";
import { ingressRoutes, matcher, priorities } from "./routes.ts";
import { cleaned, parseRule, rulesFor, serviceOf } from "./testing/traefik.ts";

const id = "019acb1e-4c41-7c6b-9d7f-1a2b3c4d5e6f";
const all = Object.entries(functions).map(([file, app]) => ({ name: path.basename(file), ...describe(app) }));

/** Where a request ends: the Service of the one rule that ranks first, and what else the rule does. */
function asked(method: string, target: string) {
  const [first, second] = rulesFor({ method, path: cleaned(target), host });
  expect(first?.priority, `${method} ${target} is between two rules`).not.toBe(second?.priority);
  return { service: serviceOf(first!), through: first!.middlewares.map(({ name }) => name) };
}

const example = (route: string) => route.replace(/:emoji/, "%F0%9F%91%8D").replace(/:\w+/g, id);

test.each(all)("$method $path leads to $name, by one rule of its own", ({ name, method, path }) => {
  const target = example(path);

  expect(asked(method, target).service).toBe(name);
  if (method === "GET") expect(asked("HEAD", target).service).toBe(name);
  const own = rulesFor({ method, path: cleaned(target), host }).filter(({ priority }) =>
    priority >= priorities.pattern
  );
  expect(own.map(serviceOf)).toEqual([name]);
});

test.each([
  ["GET", "/api/rooms/discover", "discover-rooms"],
  ["GET", `/api/rooms/${id}`, "get-room"],
  ["GET", "/api/messages/search", "search-messages"],
  ["PUT", `/api/rooms/${id}/messages/${id}/reactions/%E2%9D%A4%EF%B8%8F`, "react"],
  ["DELETE", `/api/rooms/${id}/messages/${id}/reactions/:parrot:`, "unreact"],
  ["GET", "/api/openapi.json", "web"],
  ["GET", "/api/docs", "web"],
  ["GET", "/", "web"],
  ["GET", "/rooms/1", "web"],
  ["GET", "/apiary", "web"],
  ["GET", "/healthz", "web"],
])("%s %s leads to %s", (method, target, service) => {
  const { service: found, through } = asked(method, target);

  expect(found).toBe(service);
  expect(through).not.toContain("nothing");
});

test.each([
  ["GET", "/api"],
  ["GET", "/api/nope"],
  ["GET", "/api/rooms/"],
  ["GET", `/api/rooms/${id}/`],
  ["GET", `/api/rooms/${id.toUpperCase()}`],
  ["GET", "/api/rooms/discover/"],
  ["GET", "/api/rooms/Discover"],
  ["GET", `/api/rooms/${id}%2Fmessages`],
  ["GET", `/api/rooms/x${id}`],
  ["GET", `/api/rooms/${id}0`],
  ["PUT", `/api/rooms/${id}/messages/${id}/reactions/a/b`],
  ["PUT", `/api/rooms/${id}/messages/${id}/reactions/`],
  ["POST", "/api/rooms/discover"],
  ["PUT", "/api/rooms"],
  ["OPTIONS", "/api/rooms"],
  ["TRACE", "/api/me"],
  ["POST", "/api/docs"],
  ["GET", "/api/docs.html"],
  ["GET", "/auth"],
  ["GET", "/auth/nope"],
  ["GET", "/auth/logout"],
  ["GET", "/healthz/nobody"],
  ["POST", "/healthz/list-rooms"],
  ["GET", "/x/../api/nope"],
  ["GET", "//api/nope"],
])("%s %s is nothing: the web server's 404, whoever asks", (method, target) => {
  const { service, through } = asked(method, target);

  expect(service).toBe("web");
  expect(through).toEqual(expect.arrayContaining(["nothing", "as-program"]));
});

test.each(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])(
  "what the middlewares make of %s for nothing is a 404 as problem+json",
  async (method) => {
    process.env["WEB_ROOT"] ??= "web";
    const headers = { accept: "application/problem+json", "sec-fetch-mode": "navigate" };

    const res = await web.fetch(new Request("http://web/.nothing", { method, headers }));

    expect(res.status).toBe(404);
    expect(res.headers.get("content-type")).toMatch("application/problem+json");
  },
);

test.each(all)("GET /healthz/$name wakes it", ({ name }) => {
  const { service, through } = asked("GET", wakePath(name));

  expect(service).toBe(name);
  expect(through).toContain("wake");
});

test("to the Redis gateway no route leads, and none to another host", () => {
  const rules = ingressRoutes().flatMap(({ spec }) => spec.routes);

  expect(rules.map(serviceOf)).not.toContain("redis-rest");
  expect(rulesFor({ method: "GET", path: "/api/me", host: "elsewhere.example" })).toEqual([]);
});

test("streams are not compressed and are counted; other operations are compressed", () => {
  expect(asked("GET", "/api/events").through).toContain("streams-in-flight");
  expect(asked("GET", "/api/events").through).not.toContain("compress");
  expect(asked("GET", "/api/me/export").through).not.toContain("compress");
  expect(asked("GET", "/api/rooms").through).toContain("compress");
  for (const { name } of all) expect(asked("GET", wakePath(name)).through).toContain("rate-limit");
});

test("a route with a part that nobody described cannot be made", () => {
  expect(() => matcher("/api/things/:thingId")).toThrow("does not know :thingId");
});

test("the reader of rules takes nothing it does not understand", () => {
  expect(() => parseRule("Host(`a`) && Header(`x`)")).toThrow("Cannot read");
  expect(() => parseRule("(Path(`/a`)")).toThrow("a bracket is open");
  expect(() => parseRule("Path(`/a`) Path(`/b`)")).toThrow("something follows");
});

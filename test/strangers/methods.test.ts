import { expect, test } from "vitest";
import { logged } from "../settings.ts";
import { aUser } from "../world.ts";
import { askedIn, type Operation, operations, urlOf } from "./asking.ts";
import { aScene, type Scene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** Methods that are not the operation's, and headers that would make them so elsewhere. */

const api = operations.filter(({ name }) => !name.startsWith("auth/"));
const named = (of: Operation[]) => of.map((operation) => [operation.name, operation] as const);
const reading = named(api.filter(({ method }) => method === "GET"));
const changing = named(api.filter(({ method }) => method !== "GET"));

function ask(operation: Operation, scene: Scene, method: string, headers: Record<string, string> = {}, more = "") {
  const { owner } = scene.people;
  const url = urlOf(operation, askedIn(table[operation.name][0], scene, owner)) + more;
  const authorization = `Bearer ${owner.token}`;
  return operation.app.request(url, {
    method,
    headers: { authorization, "content-type": "application/json", ...headers },
  });
}

const overriding = (method: string): Record<string, string> => ({
  "x-http-method-override": method,
  "x-http-method": method,
  "x-method-override": method,
});

test.each(changing)("%s is not to be had by GET or HEAD, whatever a header or the query says", async (_, operation) => {
  const scene = await aScene();
  const before = await stateOf(scene);
  const headers = overriding(operation.method);

  const answers = [
    await ask(operation, scene, "GET", headers),
    await ask(operation, scene, "HEAD", headers),
    await ask(operation, scene, "GET", {}, `?_method=${operation.method}&method=${operation.method}`),
    await ask(operation, scene, "POST" === operation.method ? "PUT" : "POST", headers),
    await ask(operation, scene, "OPTIONS", headers),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect(await stateOf(scene)).toEqual(before);
});

test.each(reading)(
  "%s answers HEAD as GET, but for the body, and changes nothing by any other method",
  async (_, operation) => {
    const scene = await aScene();
    const before = await stateOf(scene);

    const [got, head] = [await ask(operation, scene, "GET", overriding("DELETE")), await ask(operation, scene, "HEAD")];
    const others = await Promise.all(["POST", "PUT", "PATCH", "DELETE"].map((method) => ask(operation, scene, method)));

    expect([got.status, head.status, await head.text()]).toEqual([200, 200, ""]);
    expect(head.headers.get("content-type")).toBe(got.headers.get("content-type"));
    await got.body?.cancel();
    for (const { status, headers } of others) {
      expect([status, headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    }
    expect(await stateOf(scene)).toEqual(before);
  },
);

test.each(reading)("%s answers HEAD of nobody with 401", async (_, operation) => {
  const res = await operation.app.request(
    urlOf(operation, askedIn(table[operation.name][0], await aScene(), await aUser())),
    {
      method: "HEAD",
    },
  );

  expect([res.status, await res.text()]).toEqual([401, ""]);
});

test("what a caller writes into headers stays one line of the log, and is no id unless it looks like one", async () => {
  const scene = await aScene();
  const [, operation] = reading.find(([name]) => name === "chat/list-rooms")!;
  const headers = {
    "x-request-id": 'id","level":"error',
    traceparent: '00-x","userId":"somebody',
    "user-agent": "x".repeat(9_000),
  };

  const res = await ask(operation, scene, "GET", headers);

  const id = res.headers.get("x-request-id")!;
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const lines = logged.filter((line) => line.includes(id));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: "info", userId: scene.people.owner.id }]);
});

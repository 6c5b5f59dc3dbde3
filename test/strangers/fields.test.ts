import { expect, test } from "vitest";
import { ask, type Person } from "../world.ts";
import { askedIn, inWords, operationOf, operations, urlOf } from "./asking.ts";
import { fieldsOf, impossible, queries, strange, withField } from "./hostile.ts";
import { aScene, type Scene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** Hostile text, numbers and lists in every field of every body, and in every word of every query. */

const bodies = operations.flatMap(({ name, body }) => fieldsOf(body).map((field) => [name, field] as const));
const asked = operations.flatMap(({ name, query }) => fieldsOf(query).map((field) => [name, field] as const));

/** Ask as the owner, who may do everything, with a body as it is. */
async function send(name: (typeof bodies)[number][0], scene: Scene, as: Person, text: (body: object) => string) {
  const operation = operationOf(name);
  const asked = askedIn(table[name][0], scene, as);
  return inWords(
    await ask(operation.app, operation.method, urlOf(operation, asked), { as, body: text(asked.body ?? {}) }),
    operation,
  );
}

test.each(bodies)("%s refuses what %s cannot be, and writes nothing", async (name, field) => {
  const scene = await aScene();
  const { owner } = scene.people;
  const before = await stateOf(scene);

  for (const [what, text] of Object.entries(impossible)) {
    const isWordy = what === "1 600 ids"; // the one among them that may be too large as a whole
    const answer = await send(name, scene, owner, (body) => withField(body as Record<string, unknown>, field, text));
    expect.soft(answer, what).toMatch(isWordy ? /^(400 invalid-request|413 body-too-large)$/ : "400 invalid-request");
  }

  expect(await stateOf(scene)).toEqual(before);
});

test.each(bodies)(
  "%s takes strange text for %s as text or refuses it, and a refusal writes nothing",
  async (name, field) => {
    const scene = await aScene();
    const { owner } = scene.people;

    for (const [what, text] of Object.entries(strange)) {
      const before = await stateOf(scene);
      const answer = await send(name, scene, owner, (body) => withField(body as Record<string, unknown>, field, text));
      expect.soft(answer, what).toMatch(/^(2\d\d|400 invalid-request|40[49] [a-z-]+)$/);
      if (!answer.startsWith("2")) expect.soft(await stateOf(scene), what).toEqual(before);
    }
  },
);

test.each(asked)("%s has a clear answer to whatever %s is in its query", async (name, field) => {
  const scene = await aScene();
  const { owner } = scene.people;
  const operation = operationOf(name);
  const { query, ...path } = askedIn(table[name][0], scene, owner);
  const { [field]: _, ...others } = query ?? {};

  for (const [what, value] of Object.entries(queries)) {
    const url = `${urlOf(operation, { ...path, query: others })}&${field}=${value}`;
    const answer = await inWords(await ask(operation.app, operation.method, url, { as: owner }), operation);
    expect.soft(answer, what).toMatch(/^(200|302|400 (invalid-request|login-failed))$/);
  }
});

test.each(["user/search-users", "chat/search-messages", "chat/discover-rooms"] as const)(
  "%s refuses words that nobody can have written",
  async (name) => {
    const { people: { owner } } = await aScene();
    const operation = operationOf(name);

    for (const value of [queries["NUL"], "%00", "%20%20", "%09%0a", "x".repeat(81), "%f0%9f%98%80".repeat(81)]) {
      const res = await ask(operation.app, "GET", `${urlOf(operation, {})}?q=${value}`, { as: owner });
      expect.soft(await inWords(res, operation), value).toBe("400 invalid-request");
    }
  },
);

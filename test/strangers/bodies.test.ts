import { expect, test } from "vitest";
import { maxBodyBytes } from "../../functions/lib/validate.ts";
import { ask, chat, type Person } from "../world.ts";
import { askedIn, inWords, operationOf, operations, urlOf } from "./asking.ts";
import { aScene, type Scene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** Bodies that are wrong as a whole: not JSON, of another type, too large, said twice. */

const taking = operations.filter(({ body }) => body !== undefined).map(({ name }) => name);
type Name = (typeof taking)[number];

/** Send a body as it is, as the owner, who may do everything. */
async function send(
  name: Name,
  scene: Scene,
  init: RequestInit & { duplex?: "half" },
  as: Person = scene.people.owner,
) {
  const operation = operationOf(name);
  const res = await operation.app.request(urlOf(operation, askedIn(table[name][0], scene, as)), {
    method: operation.method,
    ...init,
    headers: { authorization: `Bearer ${as.token}`, "content-type": "application/json", ...init.headers },
  });
  return await inWords(res, operation);
}

const streamOf = (...chunks: string[]) =>
  new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(chunk));
    },
  });

const valid = (name: Name, scene: Scene) => JSON.stringify(table[name][0].asks!(scene, scene.people.owner).body);

const malformed = [
  "{",
  "}",
  '{"a":1,}',
  "{'a':1}",
  '{"a":1} {"a":1}',
  "{} //",
  '{"a":"\u0000"}',
  '{"a":"\n"}',
  '{"a":NaN}',
  '{"a":0x10}',
  '{"a":01}',
  "undefined",
  " ",
  "[".repeat(10_000),
  '{"a":'.repeat(10_000),
];
const others = [
  "[]",
  "null",
  "true",
  '"text"',
  "0",
  "1e999",
  '[{"content":"hi"}]',
  `${"[".repeat(9_999)}${"]".repeat(9_999)}`,
];

test.each(taking)("%s gives 400 for a body that is not a JSON object", async (name) => {
  const scene = await aScene();
  const before = await stateOf(scene);

  for (const body of malformed) {
    expect.soft(await send(name, scene, { body }), body.slice(0, 40)).toBe("400 malformed-body");
  }
  for (const body of others) {
    expect.soft(await send(name, scene, { body }), body.slice(0, 40)).toBe("400 invalid-request");
  }

  expect(await stateOf(scene)).toEqual(before);
});

test.each(taking)("%s gives 415 for a body of another type", async (name) => {
  const scene = await aScene();
  const before = await stateOf(scene);
  const types = [
    "",
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json5",
    "application/json-patch+json",
    "application/ld+json",
    "text/plain, application/json",
  ];

  for (const type of types) {
    const headers = { "content-type": type };
    expect.soft(await send(name, scene, { body: valid(name, scene), headers }), type).toBe("415 not-json");
  }

  expect(await stateOf(scene)).toEqual(before);
});

test.each(["application/json; charset=utf-8", "APPLICATION/JSON", "application/json;", "application/json ; a=b"])(
  "a body of type %s is JSON",
  async (type) => {
    const scene = await aScene();

    const answer = await send("user/update-me", scene, { body: "{}", headers: { "content-type": type } });

    expect(answer).toBe("200");
  },
);

test.each(taking)("%s gives 413 for more than 64 KiB, whatever is said of its length", async (name) => {
  const scene = await aScene();
  const before = await stateOf(scene);
  const body = `${" ".repeat(maxBodyBytes)}${valid(name, scene)}`;
  const chunks = [...body.match(/[^]{1,8192}/g)!];
  const long = { "content-length": "1000000000000" };

  const answers = [
    await send(name, scene, { body }),
    await send(name, scene, { body: streamOf(...chunks), duplex: "half" }),
    await send(name, scene, { body: streamOf(...chunks), duplex: "half", headers: { "content-length": "2" } }),
    await send(name, scene, { body: "{}", headers: long }),
  ];

  expect(answers).toEqual(Array(4).fill("413 body-too-large"));
  expect(await stateOf(scene)).toEqual(before);
});

test.each(taking)("%s takes a body of exactly 64 KiB, in however many pieces", async (name) => {
  const scene = await aScene();
  const text = valid(name, scene);
  const body = `${" ".repeat(maxBodyBytes - text.length)}${text}`;

  const answer = await send(name, scene, { body: streamOf(...body.match(/[^]{1,999}/g)!), duplex: "half" });

  expect(answer).toMatch(/^20[01]$/);
});

test.each(taking)("%s gives 400 for a body that breaks off", async (name) => {
  const scene = await aScene();
  const before = await stateOf(scene);
  const broken = () =>
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"content":')),
      pull: (controller) => controller.error(new TypeError("the connection was reset")),
    });

  const answer = await send(name, scene, { body: broken(), duplex: "half" });

  expect(answer).toBe("400 malformed-body");
  expect(await stateOf(scene)).toEqual(before);
});

test("a compressed body is no JSON", async () => {
  const zipped = new Blob(['{"bio":"zipped"}']).stream().pipeThrough(new CompressionStream("gzip"));
  const headers = { "content-encoding": "gzip" };

  const answer = await send("user/update-me", await aScene(), { body: zipped, duplex: "half", headers });

  expect(answer).toBe("400 malformed-body");
});

test("of a name said twice the last one counts, in what is checked and in what is kept", async () => {
  const scene = await aScene();
  const id = crypto.randomUUID();
  const said = (first: unknown, last: unknown) =>
    send("chat/send-message", scene, {
      body: `{"id":"${id}","content":${JSON.stringify(first)},"content":${JSON.stringify(last)}}`,
    });

  expect(await said("fine", "\0")).toBe("400 invalid-request");
  expect(await said(1, "the last")).toBe("201");

  expect(await chat()`select content from messages where id = ${id}`).toEqual([{ content: "the last" }]);
});

test("names that every object has are names like others", async () => {
  const scene = await aScene();
  const { owner } = scene.people;
  const body =
    '{"__proto__":{"bio":"inherited"},"constructor":{"prototype":{"bio":"inherited"}},"toString":1,"status":"mine"}';

  const res = await ask(operationOf("user/update-me").app, "PATCH", "/api/me", { as: owner, body });

  expect(await res.json()).toMatchObject({ id: owner.id, bio: null, status: "mine" });
  expect(({} as Record<string, unknown>)["bio"]).toBeUndefined();
});

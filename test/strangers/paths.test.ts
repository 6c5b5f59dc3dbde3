import { expect, test } from "vitest";
import { ask } from "../world.ts";
import { askedIn, inWords, operations, urlOf } from "./asking.ts";
import { aScene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** Ids, emoji and other parts of a path that nobody would be given by us. */

const absent = { roomId: "room-not-found", userId: "user-not-found", messageId: "message-not-found" } as const;
type IdName = keyof typeof absent;

const withId = operations.flatMap((operation) =>
  (Object.keys(absent) as IdName[]).filter((id) => operation.path.includes(`:${id}`))
    .map((id) => [operation.name, id, operation] as const)
);

/** Other ways to write an id, and what is no id at all. */
const misnamed = (id: string) => [
  id.toUpperCase(),
  id.replaceAll("-", ""),
  `{${id}}`.replace("{", "%7B").replace("}", "%7D"),
  `urn:uuid:${id}`,
  `${id}%20`,
  `%20${id}`,
  `${id}%0a`,
  `${id}%00`,
  `${id}%e2%80%8d`,
  `${id}%2f`,
  `${id};a=b`,
  `${id.slice(0, -1)}%ef%bc%90`, // a full-width zero
  `${id}${id}`,
  id.slice(1),
  "0",
  "-1",
  "null",
  "undefined",
  "%00",
  "%ff",
  "%ed%a0%80",
  "%",
  "%zz",
  "1 or 1=1",
  "'%20or%20true%20--",
  "..%2f..%2fme",
  "*",
  "me",
  "__proto__",
  "constructor",
  "%f0%9f%92%a9",
  "x".repeat(10_000),
];

test.each(withId)("%s has nothing under a %s that we would not write", async (_, idName, operation) => {
  const scene = await aScene();
  const { owner } = scene.people;
  const before = await stateOf(scene);
  const asked = askedIn(table[operation.name][0], scene, owner);

  for (const id of misnamed(asked[idName]!)) {
    const url = urlOf(operation, { ...asked, [idName]: id });
    const res = await ask(operation.app, operation.method, url, { as: owner, ...(asked.body && { body: asked.body }) });
    expect.soft(await inWords(res, operation), id.slice(0, 60)).toBe(`404 ${absent[idName]}`);
  }

  expect(await stateOf(scene)).toEqual(before);
});

const withEmoji = operations.filter(({ path }) => path.includes(":emoji"));

test.each(withEmoji.map((operation) => [operation.name, operation] as const))(
  "%s takes one emoji and nothing else",
  async (_, operation) => {
    const scene = await aScene();
    const { owner } = scene.people;
    const before = await stateOf(scene);
    const path = urlOf(operation, askedIn(table[operation.name][0], scene, owner));
    const thumb = encodeURIComponent("👍");
    const others = [
      "a",
      "1",
      "%23", // #, which is a letter of emoji and none
      "%00",
      `${thumb}%00`,
      `${thumb}${thumb}`,
      `${thumb}%20`,
      `${thumb}%e2%80%8d`,
      `${thumb}%ef%b8%8f%e2%83%a3`,
      "%f0%9f%87%b3", // half a flag
      "%e2%9d%a4", // a heart without its presentation selector
      "%ff",
      "%ed%a0%bd%ed%b1%8d", // surrogates, each in UTF-8
      "%",
      "%20",
      "%cd%91",
      thumb.repeat(100),
      "__proto__",
    ];

    for (const emoji of others) {
      const res = await ask(operation.app, operation.method, path.replace(thumb, emoji), { as: owner });
      expect.soft(await inWords(res, operation), emoji).toBe("400 invalid-request");
    }

    expect(await stateOf(scene)).toEqual(before);
  },
);

import { expect, test } from "vitest";
import { ask } from "../world.ts";
import { askedIn, inWords, operations, urlOf } from "./asking.ts";
import { fieldsOf } from "./hostile.ts";
import { askWith, having } from "./querying.ts";
import { aScene } from "./scene.ts";
import { table } from "./table.ts";

/** Pages larger than a page, and numbers and ids that are none. */

const noNumbers = [
  "",
  " ",
  "-1",
  "-0",
  "+1",
  "1.5",
  "1e2",
  "0x10",
  "abc",
  "null",
  "NaN",
  "Infinity",
  "1 ",
  "1,2",
  "1;2",
  "１", // full-width
  "٣", // Arabic-Indic
  "1'--",
  "9007199254740992",
  "9007199254740993",
  "18446744073709551616",
  "9".repeat(500),
];

test.each(having("limit"))("%s holds a page to 1 to 100", async (_, operation) => {
  const scene = await aScene();

  for (const limit of [...noNumbers, "0", "00", "101", "1000000000", "2147483648"]) {
    expect.soft(await askWith(operation, scene, "limit", limit), limit).toBe("400 invalid-request");
  }
  for (const limit of ["1", "100"]) expect.soft(await askWith(operation, scene, "limit", limit), limit).toBe("200");
});

test.each([...having("before"), ...having("after"), ...having("since")])(
  "%s counts in whole numbers that JSON can hold",
  async (_, operation) => {
    const scene = await aScene();

    for (const field of fieldsOf(operation.query).filter((field) => /^(before|after|since)$/.test(field))) {
      for (const value of noNumbers) {
        expect.soft(await askWith(operation, scene, field, value), `${field}=${value}`).toBe("400 invalid-request");
      }
      expect.soft(await askWith(operation, scene, field, "9007199254740991"), field).toBe("200");
    }
  },
);

test.each(having("ids"))("%s takes at most 100 ids, and nothing that is none", async (_, operation) => {
  const scene = await aScene();
  const ids = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());
  const [id] = ids(1) as [string];
  const others = [
    "",
    ",",
    `${id},`,
    `${id},,${id}`,
    `${id};${id}`,
    `${id},x`,
    `${id}\0`,
    `{${id}}`,
    id.replaceAll("-", ""),
    ids(101).join(),
    Array(101).fill(id).join(),
    ids(1_600).join(),
    ",".repeat(10_000),
    "%",
    "__proto__",
  ];

  const askFor = (value: string) => askWith(operation, scene, "ids", value, "q"); // q is the other way to ask
  for (const value of others) expect.soft(await askFor(value), value.slice(0, 60)).toBe("400 invalid-request");
  for (const value of [id, ids(100).join()]) expect.soft(await askFor(value), value.slice(0, 60)).toBe("200");
});

test.each(
  operations.filter(({ query }) => query !== undefined).map((operation) => [operation.name, operation] as const),
)(
  "%s is not confused by names said twice, in brackets or of every object",
  async (_, operation) => {
    const scene = await aScene();
    const { owner } = scene.people;
    const url = urlOf(operation, askedIn(table[operation.name][0], scene, owner));
    const more =
      "limit[]=1&limit[$gt]=1&__proto__=1&__proto__[limit]=1000&constructor=1&toString=1&hasOwnProperty=1&=&&%00=1";

    const res = await ask(operation.app, operation.method, `${url}${url.includes("?") ? "&" : "?"}${more}`, {
      as: owner,
    });

    expect(await inWords(res, operation)).toMatch(/^(200|302|400 login-failed)$/);
  },
);

import { afterAll, expect, test } from "vitest";
import { problems } from "../../functions/lib/problem.ts";
import { functions } from "../../functions/registry.ts";
import type { Person } from "../world.ts";
import { askedIn, askFor, inWords, type Operation, operations } from "./asking.ts";
import { forgeries, type Forgery } from "./forgeries.ts";
import type { Case, Column, Expected } from "./row.ts";
import { aScene, type Scene, type Standing, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** Every operation × everyone who might ask for it. */

const standings: Standing[] = ["stranger", "ex-member", "member", "admin", "owner", "deactivated"];

/** Whoever asks: what they may expect, whom they would be taken for, and what they show. */
interface Caller {
  name: string;
  column: Column;
  poses: (scene: Scene) => Person;
  shows: (person: Person) => Promise<string | undefined>;
}

const callers: Caller[] = [
  { name: "nobody", column: "unknown", poses: ({ people }) => people.owner, shows: async () => await undefined },
  ...standings.map((standing): Caller => ({
    name: standing,
    column: standing,
    poses: ({ people }) => people[standing],
    shows: async ({ token }) => await `Bearer ${token}`,
  })),
  ...(Object.keys(forgeries) as Forgery[]).map((forgery): Caller => ({
    name: `the owner's token, but: ${forgery}`,
    column: "unknown",
    poses: ({ people }) => people.owner,
    shows: async ({ id }) => `Bearer ${await forgeries[forgery](id)}`,
  })),
];

const rows = operations.flatMap((operation) =>
  table[operation.name].flatMap((of) => {
    const answers = { group: of.answers, public: { ...of.answers, ...of.inPublic } };
    return (["group", "public"] as const)
      .filter((roomType) => roomType === "group" || of.inPublic)
      .map((roomType) => ({
        name: [operation.name, of.what, of.inPublic && `in a ${roomType} room`].filter(Boolean).join(", "),
        operation,
        of,
        roomType,
        answers: answers[roomType],
      }));
  })
);

let cells = 0;
afterAll(() => console.log(`strangers: ${cells} cells in ${rows.length} rows, ${callers.length} callers each`));

const words = (expected: Expected) =>
  typeof expected === "number" ? String(expected) : `${problems[expected][0]} ${expected}`;

async function answerTo({ poses, shows }: Caller, operation: Operation, of: Case, scene: Scene): Promise<string> {
  const person = poses(scene);
  const authorization = await shows(person);
  const headers: Record<string, string> = authorization ? { authorization } : {};
  return await inWords(await askFor(operation, askedIn(of, scene, person), { headers }), operation);
}

test("every operation has its row, and every row is of an operation", () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(functions).sort());
});

test.each(rows.map((row) => [row.name, row] as const))("%s", async (_, { operation, of, roomType, answers }) => {
  const untouched = await aScene(roomType);
  const before = await stateOf(untouched);

  for (const caller of callers) {
    const expected = answers[caller.column];
    const mayWrite = typeof expected === "number" && operation.method !== "GET";
    const scene = mayWrite ? await aScene(roomType) : untouched;

    const answer = await answerTo(caller, operation, of, scene);

    expect.soft(answer, `asked by ${caller.name}`).toBe(words(expected));
    if (!mayWrite) expect.soft(await stateOf(scene), `written by ${caller.name}`).toEqual(before);
    cells++;
  }
});

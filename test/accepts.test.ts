import fc from "fast-check";
import { expect, test } from "vitest";
import { operations } from "./contract.ts";
import { house, populate, requestOf } from "./fuzz/population.ts";
import { rightRequests } from "./fuzz/right.ts";

/** How many right requests each operation is asked. */
const each = 20;

/** What only words say in the document: rules between two parts of a request, or between it and who asks. */
const rules: Record<string, RegExp> = {
  "create-room": /must name exactly one other person/,
  "save-contact": /must be somebody else/,
  "search-users": /must have either q or ids/,
};

/** Those that take what the document says: a browser's way through auth/ is not one of right values. */
const api = operations.filter(({ path }) => path.startsWith("/api/"));

test.concurrent.each(api)("$operation.operationId takes what the document says it takes", async (known) => {
  const { operationId } = known.operation;
  let population = await populate();

  for (const one of fc.sample(rightRequests(known), each)) {
    const res = await house(requestOf(known.method, one, population));
    const fault = res.status === 400 ? await res.text() : await res.body?.cancel();
    expect(fault && rules[operationId]?.test(fault) ? undefined : fault, JSON.stringify(one)).toBeUndefined();
    if (known.method === "DELETE") population = await populate();
  }
});

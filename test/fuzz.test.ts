import fc from "fast-check";
import process from "node:process";
import { afterAll, expect, test } from "vitest";
import { keepsContract, keepsPart, type Known, operations } from "./contract.ts";
import { house, populate, requestOf } from "./fuzz/population.ts";
import { type Case, requests } from "./fuzz/request.ts";

/**
 * Random requests, made from the API's document, find no 5xx and nothing that the document does not declare. More of
 * them: `FUZZ_CASES=100000 npm test -- fuzz`; the same ones again: `FUZZ_SEED=…`, which a failure prints.
 */
const cases = Number(process.env.FUZZ_CASES ?? 4000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const each = Math.ceil(cases / operations.length);

/** People and rooms serve so many cases at most: nobody comes near a rate limit, and what was broken is whole again. */
const casesPerPopulation = 40;

const seen: Record<number, number> = {};

/** Codes are traded at a provider that is not there: what asks it may, and must, say so. */
const asksProvider = new Set(["callback", "logout", "refresh"]);

/** Read an answer to its end, a stream's first part, and check each part. */
async function readParts(operationId: string, res: Response): Promise<void> {
  if (operationId === "export-me" && res.ok) {
    for (const line of (await res.text()).trim().split("\n")) keepsPart(operationId, JSON.parse(line));
  } else await res.body?.cancel();
}

async function holds({ method, operation }: Known, request: Request): Promise<number> {
  const res = await house(request);
  const isProviders = res.status === 503 && asksProvider.has(operation.operationId);
  if (res.status >= 500 && !isProviders) throw new Error(`${res.status}: ${await res.text()}`);
  await keepsContract(method, request.url, res);
  await readParts(operation.operationId, res);
  return res.status;
}

test.concurrent.each(operations)("$operation.operationId holds", async (known) => {
  let population = await populate();
  let served = 0;

  await fc.assert(
    fc.asyncProperty(requests(known), async (one: Case) => {
      if (++served % casesPerPopulation === 0) population = await populate();
      const status = await holds(known, requestOf(known.method, one, population));
      seen[status] = (seen[status] ?? 0) + 1;
      if (known.method === "DELETE" && status === 204) population = await populate();
    }),
    { numRuns: each, seed },
  );
});

afterAll(() => {
  const total = Object.values(seen).reduce((sum, count) => sum + count, 0);
  const statuses = Object.entries(seen).map(([status, count]) => `${count} × ${status}`).join(", ");
  console.log(`fuzz: ${total} requests to ${operations.length} operations, seed ${seed}: ${statuses}`);
  expect(seen[200] ?? 0, "requests that were right").toBeGreaterThan(total / 20);
});

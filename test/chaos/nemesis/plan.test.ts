import { expect, test } from "vitest";
import { makeRandom } from "../random.ts";
import { type FaultKind, faultKinds, planFaults } from "./plan.ts";

const all = Object.keys(faultKinds) as FaultKind[];

test("the same seed plans the same faults, another seed others", () => {
  const plan = (seed: number) => planFaults(makeRandom(seed), 300, all);

  expect(plan(1)).toEqual(plan(1));
  expect(plan(1)).not.toEqual(plan(2));
});

test("five minutes hold at least 80 faults, and each kind three times or more", () => {
  const plan = planFaults(makeRandom(1), 300, all);

  expect(plan.length).toBeGreaterThanOrEqual(80);
  for (const kind of all) expect(plan.filter((fault) => fault.kind === kind).length).toBeGreaterThanOrEqual(3);
});

test("what is not to go wrong is not planned", () => {
  const plan = planFaults(makeRandom(1), 300, all.filter((kind) => !kind.startsWith("redis")));

  expect(plan.some(({ kind }) => kind.startsWith("redis"))).toBe(false);
});

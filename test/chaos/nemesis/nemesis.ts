import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, FaultKind } from "./plan.ts";

/** How many faults of each kind have been done. */
export type Survived = Map<FaultKind, number>;

/**
 * Do what was planned, each fault at its time, several at once where they overlap. Resolves when all of them are undone
 * and rejects when one could not be: then the house did not come back.
 */
export async function unleash(
  plan: readonly Fault[],
  deeds: Record<FaultKind, (fault: Fault) => Promise<unknown>>,
  over: AbortSignal,
): Promise<Survived> {
  const survived: Survived = new Map();
  const underWay: Promise<unknown>[] = [];
  const startedAt = performance.now();
  for (const fault of plan) {
    await sleep(Math.max(0, startedAt + fault.atMs - performance.now()), undefined, { signal: over });
    survived.set(fault.kind, (survived.get(fault.kind) ?? 0) + 1);
    const deed = deeds[fault.kind](fault);
    deed.catch(() => {}); // told below
    underWay.push(deed);
  }
  await Promise.all(underWay);
  return survived;
}

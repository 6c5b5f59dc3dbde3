import { reason } from "../start/fault.ts";

/** One promise, and whether this Parley keeps it. */
export interface Check {
  /** What it is about: "conversation". */
  group: string;
  /** The promise, as a sentence. */
  name: string;
  outcome: "ok" | "failed" | "skipped";
  /** What was seen, or what is wrong. */
  detail: string;
  ms: number;
}

/** There is nothing to check here, and that is no fault. */
export class Skip extends Error {}

/** Fail the check under way unless this holds. */
export function must(holds: unknown, wrong: string): asserts holds {
  if (!holds) throw new Error(wrong);
}

/** Run one check of a group. What it gives or throws is its detail; it never throws itself. */
export type Try = (name: string, run: () => Promise<string | void>) => Promise<void>;

interface ChecksParts {
  /** Hears of each check when it is done. */
  tell: (check: Check) => void;
  /** Aborts when nobody wants to know any more: what is still to come is skipped, but for cleaning up. */
  over: AbortSignal;
}

/** All checks in the order they were made. */
export function makeChecks({ tell, over }: ChecksParts) {
  const all: Check[] = [];

  const group = (group: string): Try => async (name, run) => {
    const startedAt = performance.now();
    let outcome: Check["outcome"] = "ok", detail = "";
    try {
      if (over.aborted && group !== "cleanup") throw new Skip("stopped");
      detail = await run() ?? "";
    } catch (error) {
      outcome = error instanceof Skip ? "skipped" : "failed";
      detail = reason(error);
    }
    const check: Check = { group, name, outcome, detail, ms: Math.round(performance.now() - startedAt) };
    all.push(check);
    tell(check);
  };

  return { all, group };
}

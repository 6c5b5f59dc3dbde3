import type { FunctionName } from "../../functions/registry.ts";

/** One answer of an operation. */
export interface Call {
  operation: FunctionName;
  status: number;
  /** From sending to the last byte; of a stream, to its first. */
  ms: number;
  /** How old the function's process was when the request came, if it was its first: `Server-Timing: cold;dur=`. */
  coldMs: number | null;
}

/** How fast one operation answers, in milliseconds. */
export interface Latency {
  operation: FunctionName;
  firstMs: number;
  coldMs: number | null;
  /** Of the good answers after the first, by a process that had answered before; null when there were none. */
  medianMs: number | null;
  p95Ms: number | null;
  samples: number;
}

/** The age of the process in an answer's `Server-Timing`, if it was its first. */
export function coldMsOf(serverTiming: string | null): number | null {
  const [, ms] = /(?:^|,)\s*cold\s*;\s*dur=([\d.]+)/.exec(serverTiming ?? "") ?? [];
  return ms === undefined ? null : Number(ms);
}

/** The value below which this share of the sorted values lies. */
const quantile = (sorted: number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? null;

/** Every answer of every operation. */
export function makeJournal() {
  const calls: Call[] = [];

  function latency(operation: FunctionName): Latency | undefined {
    const [first, ...rest] = calls.filter((call) => call.operation === operation);
    if (!first) return undefined;
    const warm = rest.filter(({ coldMs, status }) => coldMs === null && status < 400).map(({ ms }) => ms);
    warm.sort((a, b) => a - b);
    const colds = [first, ...rest].flatMap(({ coldMs }) => coldMs ?? []);
    return {
      operation,
      firstMs: first.ms,
      coldMs: colds.length > 0 ? Math.max(...colds) : null,
      medianMs: quantile(warm, 0.5),
      p95Ms: quantile(warm, 0.95),
      samples: warm.length,
    };
  }

  return {
    calls,
    add: (call: Call) => void calls.push(call),
    /** Of each operation that was called, in the order of the first calls. */
    latencies: () => [...new Set(calls.map(({ operation }) => operation))].map((name) => latency(name)!),
  };
}

export type Journal = ReturnType<typeof makeJournal>;

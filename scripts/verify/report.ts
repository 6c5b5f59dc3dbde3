import type { Check } from "./checks.ts";
import type { Pods } from "./cluster/pods.ts";
import type { Latency } from "./journal.ts";

/** Everything that a verification has found. */
export interface Report {
  url: string;
  startedAt: string;
  seconds: number;
  checks: readonly Check[];
  latencies: readonly Latency[];
  /** Pods of each function right after the conversation, and at the end; empty when nobody looked. */
  pods: { first: readonly Pods[]; last: readonly Pods[] };
}

/** Rows under a head, each column as wide as its widest cell; all but the first to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
  return [head, ...rows].map((row) =>
    `    ${row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)).join("   ")}`.trimEnd()
  );
}

const number = (ms: number | null) => ms === null ? "–" : ms.toFixed(1);

/** One check, as a line. */
export const lineOf = ({ outcome, name, detail }: Check): string =>
  `    ${{ ok: "ok     ", failed: "FAILED ", skipped: "skipped" }[outcome]}  ${name}${detail && `: ${detail}`}`;

/** What the columns of the next table are. */
const legend = [
  "    first: the first call of this run, as the caller waits. cold: how old the function's process was when its first",
  "    request came, if that was in this run. median and p95 of n calls after the first.",
];

export function latencyLines(latencies: readonly Latency[]): string[] {
  const rows = latencies.map(({ operation, firstMs, coldMs, medianMs, p95Ms, samples }) =>
    [operation, number(firstMs), number(coldMs), number(medianMs), number(p95Ms), String(samples)] as const
  );
  if (rows.length === 0) return [];
  return [...legend, "", ...table(["ms", "first", "cold", "median", "p95", "n"], rows)];
}

export function podLines({ first, last }: Report["pods"]): string[] {
  const rows = first.map(({ service, count, least }) => {
    const atLast = last.find((pods) => pods.service === service)?.count ?? 0;
    return [service, String(count), String(atLast), String(least)];
  });
  return rows.length > 0 ? table(["pods", "then", "at last", "kept"], rows) : [];
}

/** What it comes to, in one sentence. */
export function verdict({ url, seconds, checks }: Report): string {
  const count = (outcome: Check["outcome"]) => checks.filter((check) => check.outcome === outcome).length;
  const [failed, skipped] = [count("failed"), count("skipped")];
  const rest = skipped ? `, ${skipped} skipped` : "";
  const kept = `${count("ok")} of ${checks.length - skipped} promises`;
  return `${url} keeps ${kept}${rest}, in ${Math.round(seconds)} s${failed ? `. ${failed} FAILED` : ""}`;
}

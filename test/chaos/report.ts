import { violationKinds } from "./check/record.ts";
import type { Wish } from "./history.ts";
import { type FaultKind, faultKinds } from "./nemesis/plan.ts";
import type { Options } from "./options.ts";
import type { Outcome } from "./run.ts";

/** The most violations that are told one by one. */
const maxTold = 50;

type Row = readonly [name: string, count: number | string];

/** Aligned text: names to the left, counts to the right. */
function table(rows: readonly (Row | null)[]): string {
  const width = (side: 0 | 1) => Math.max(...rows.map((row) => row ? String(row[side]).length : 0));
  const [names, counts] = [width(0), width(1)];
  return rows.map((row) =>
    row ? `  ${row[0].padEnd(names)}  ${String(row[1]).padStart(counts)}` : `  ${"─".repeat(names + 2 + counts)}`
  ).join("\n");
}

const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + count, 0);

/** What a run has to tell: one table, then OK or what was violated. */
export function report(outcome: Outcome, { seconds, clients, seed }: Options, hasRedis: boolean): string {
  const { rooms, people, counts, history, survived, convergedSeconds, violations } = outcome;
  const acknowledged = (kind: Wish["kind"]) =>
    history.filter((operation) => operation.kind === kind && operation.outcome === "acknowledged").length;
  const rows: (Row | null)[] = [
    ["seconds", seconds],
    ["seed", seed],
    ["clients", clients],
    ["people", people],
    ["rooms", rooms],
    ["sends acknowledged", acknowledged("send")],
    ["edits acknowledged", acknowledged("edit")],
    ["deletions acknowledged", acknowledged("delete")],
    ["reactions acknowledged", acknowledged("reaction")],
    ["reads acknowledged", acknowledged("read")],
    ["joins and leaves acknowledged", acknowledged("membership")],
    ["requests refused", history.filter((operation) => operation.outcome === "refused").length],
    ["requests failed and made again", counts.retries],
    ["events received", counts.events],
    ["get-changes repairs", counts.repairs],
    ["seconds until all agreed", convergedSeconds.toFixed(1)],
    null,
    ...(Object.keys(faultKinds) as FaultKind[]).flatMap((kind): Row[] => {
      if (!hasRedis && kind.startsWith("redis")) return [[kind, "skipped"]];
      return [[kind, survived.get(kind) ?? 0]];
    }),
    ["faults survived", sum(survived.values())],
    null,
    ...violationKinds.map((kind): Row => [kind, violations.filter((violation) => violation.kind === kind).length]),
  ];
  const told = violations.slice(0, maxTold)
    .map(({ kind, roomId, client, what }) => `${kind}: room ${roomId}, ${client ?? "database"}: ${what}`);
  const more = violations.length > maxTold ? [`… and ${violations.length - maxTold} more`] : [];
  const verdict = violations.length === 0 ? ["OK"] : [...told, ...more];
  const skipped =
    "Redis is in the gateway's memory (no valkey-server or redis-server on PATH): nothing was done to it.";
  return [table(rows), "", ...hasRedis ? [] : [skipped], ...verdict].join("\n");
}

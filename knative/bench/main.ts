import { existsSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { describe } from "../../functions/lib/fn.ts";
import { logTo } from "../../functions/lib/log.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { dist } from "../image/build.ts";
import type { EntryName } from "../image/entry.ts";
import { coldStart, type Contender, type Start } from "./cold.ts";
import { bare, elsewhere, entry, plain } from "./contenders.ts";
import { startParts } from "./parts.ts";

/**
 * `npm run bench:cold`: how long each function of `dist/` takes from spawning its process to its first answers, as a ratio
 * to the smallest thing that `deno serve` can run, both measured in turns. `--runs 9`, `--only chat/send-message,…`.
 */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "9" }, only: { type: "string", default: "" } },
});
const runs = Number(values.runs);
const only = values.only.split(",").filter((name) => name !== "");

/** What the measured promises are, as ratios to bare (issue 4). */
const promised = { health: 1.25, first: 1.8, memory: 1.3 };
const compared: FunctionName = "chat/send-message";

if (!existsSync(path.join(dist, ".deno"))) throw new Error("Cannot measure: there is no dist/. Run: npm run build");
logTo(() => {});

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const needsDatabase = (name: EntryName) =>
  name in functions && describe(functions[name as FunctionName]).needs.some(({ pool }) => pool > 0);

const parts = await startParts();
const measured = new Map<Contender, Start[]>();
const names = ([...Object.keys(functions), "web/serve"] as EntryName[])
  .filter((name) => only.length === 0 || only.includes(name));
const hello = bare(dist);
const entries = names.map((name) => ({ name, ...entry(name, dist, parts) }));
const others = [plain(compared, dist, parts), ...await elsewhere(compared, dist, parts)];
try {
  for (let run = 0; run <= runs; run++) { // the first warms the disk and is not counted
    for (const contender of [hello, ...entries.flatMap(({ health, first }) => [hello, health, first]), ...others]) {
      const start = await coldStart(contender);
      if (run > 0) measured.set(contender, [...measured.get(contender) ?? [], start]);
    }
    process.stderr.write(`\r${run}/${runs} `);
  }
} finally {
  await parts.stop();
}

const of = (contender: Contender) => {
  const starts = measured.get(contender)!;
  return {
    ms: median(starts.map(({ ms }) => ms)),
    rssMb: median(starts.map(({ rssMb }) => rssMb)),
    ownMb: median(starts.map(({ ownMb }) => ownMb)),
  };
};
const unit = of(hello);
const ratio = (of: number, to: number) => (of / to).toFixed(2);
const row = (...cells: string[]) =>
  console.log(cells.map((cell, i) => i === 0 ? cell.padEnd(46) : cell.padStart(10)).join(""));

console.log(
  `\nbare deno serve: ${unit.ms.toFixed(1)} ms, ${unit.rssMb.toFixed(1)} MB; Postgres 18, Redis ${parts.redis}`,
);
row("cold / bare, medians of " + runs, "/healthz", "first", "memory", "own MB", "kB");
for (const { name, health, first } of entries) {
  const kb = (statSync(path.join(dist, `${name}.js`)).size / 1000).toFixed(0);
  row(
    name,
    ratio(of(health).ms, unit.ms),
    ratio(of(first).ms, unit.ms) + (needsDatabase(name) ? "" : " *"),
    ratio(of(first).rssMb, unit.rssMb),
    of(first).ownMb.toFixed(1),
    kb,
  );
}
console.log("* needs no database");
for (const other of others) {
  row(other.name, "", ratio(of(other).ms, unit.ms), ratio(of(other).rssMb, unit.rssMb), of(other).ownMb.toFixed(1));
}

const worst = (pick: (of: (typeof entries)[number]) => number) =>
  entries.map((one) => ({ name: one.name, ratio: pick(one) })).reduce((a, b) => a.ratio > b.ratio ? a : b);
const summary = {
  "worst /healthz": [worst(({ health }) => of(health).ms / unit.ms), promised.health],
  "worst first answer": [worst(({ first }) => of(first).ms / unit.ms), promised.first],
  "worst memory": [worst(({ first }) => of(first).rssMb / unit.rssMb), promised.memory],
} as const;
for (const [what, [{ name, ratio }, most]] of Object.entries(summary)) {
  console.log(`${what}: ${ratio.toFixed(2)} (${name}), promised ${most}${ratio > most ? ": missed" : ""}`);
}
process.exit();

import { writeFileSync } from "node:fs";
import process from "node:process";
import { Fault } from "./start/fault.ts";
import { terminal } from "./start/terminal.ts";
import type { Check } from "./verify/checks.ts";
import { type Options, readOptions, usage } from "./verify/options.ts";
import { latencyLines, lineOf, podLines, verdict } from "./verify/report.ts";
import { verify } from "./verify/verify.ts";

const screen = terminal();
const colours = { ok: "green", failed: "red", skipped: "dim" } as const;

/** Say each check when it is done, under the name of its group. */
function teller() {
  let group = "";
  return (check: Check) => {
    if (check.group !== group) screen.say(`\n  ${group = check.group}`);
    screen.say(screen.styled(colours[check.outcome], lineOf(check)));
  };
}

async function run(options: Options): Promise<void> {
  screen.say(`  Verifying ${options.url.origin} …`);
  const over = new AbortController();
  process.once("SIGINT", () => {
    screen.say("  Cleaning up … (Ctrl-C again leaves at once)");
    process.exitCode = 130;
    over.abort();
  });
  const report = await verify(options, { tell: teller(), over: over.signal });
  for (const lines of [latencyLines(report.latencies), podLines(report.pods)]) {
    if (lines.length > 0) screen.say(`\n${lines.join("\n")}`);
  }
  screen.say(`\n  ${verdict(report)}`);
  if (options.json) writeFileSync(options.json, JSON.stringify(report, null, 2) + "\n");
  if (report.checks.some(({ outcome }) => outcome === "failed")) process.exitCode = 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") screen.say(usage);
  else await run(options);
} catch (error) {
  screen.fault(error instanceof Fault ? error.message : `Something unforeseen: ${(error as Error)?.stack ?? error}`);
  process.exitCode = 2;
}

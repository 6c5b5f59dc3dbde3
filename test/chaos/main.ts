import process from "node:process";
import { Fault } from "../../scripts/start/fault.ts";
import { killChildren } from "../../scripts/start/processes.ts";
import { type House, startHouse } from "./house/house.ts";
import { readOptions, usage } from "./options.ts";
import { report } from "./report.ts";
import { run } from "./run.ts";

/** How long the parts have to end by themselves when somebody does not want to wait, in milliseconds. */
const hurryMs = 5_000;

let house: House | undefined;

async function end(code: number): Promise<never> {
  const late = setTimeout(leave, hurryMs);
  await house?.stop().catch(() => {});
  clearTimeout(late);
  return leave();

  function leave(): never {
    killChildren();
    process.exit(code);
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void end(130));

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    console.log(usage);
    process.exit(0);
  }
  house = await startHouse(options.seed);
  const outcome = await run(house, options);
  console.log(report(outcome, options, house.redis !== undefined));
  await end(outcome.violations.length === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Fault ? error.message : error);
  await end(1);
}

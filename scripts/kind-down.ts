import process from "node:process";
import { removal } from "./kind/plan.ts";
import { checkTools, run } from "./kind/run.ts";
import { Fault } from "./start/fault.ts";
import { terminal } from "./start/terminal.ts";

const screen = terminal();

try {
  await checkTools(["docker", "kind"]);
  await run(removal, screen);
} catch (error) {
  screen.fault(error instanceof Fault ? error.message : `Something unforeseen: ${(error as Error)?.stack ?? error}`);
  process.exitCode = 1;
}

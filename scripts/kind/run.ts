import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { Fault, reason } from "../start/fault.ts";
import { findProgram } from "../start/processes.ts";
import type { Terminal } from "../start/terminal.ts";
import { tools } from "./plan.ts";
import { documents, type Step } from "./step.ts";

/** Run a command to its end. Gives what it printed; rejects with what it complained of. */
function command([program, ...args]: readonly string[], input = ""): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(program!, args, { stdio: ["pipe", "pipe", "pipe"] });
    let printed = "", complained = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => printed += text);
    child.stderr.setEncoding("utf8").on("data", (text: string) => complained = (complained + text).slice(-4000));
    child.stdin.on("error", () => {}).end(input); // a program that does not read its input is no failure
    child.once("error", fail);
    child.once(
      "close",
      (code) => code === 0 ? done(printed) : fail(new Error(complained.trim() || `exit code ${code}`)),
    );
  });
}

const succeeds = (asked: readonly string[]) => command(asked).then(() => true, () => false);

/** Throws a `Fault` that says what to install, or to start, when something is not there. */
export async function checkTools(names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (!findProgram([name])) throw new Fault(`Cannot go on without ${name}: install it from ${tools[name]}`);
  }
  if (!await succeeds(["docker", "info"])) {
    throw new Fault("Cannot reach Docker: it is installed, but does not run for this user");
  }
}

/** Make each step true, one after the other. Throws `Fault` for the first that fails. */
export async function run(steps: readonly Step[], { step }: Terminal): Promise<void> {
  for (const { name, run, objects, from, unless, unlessFile } of steps) {
    const isDone = unlessFile ? existsSync(unlessFile) : unless !== undefined && await succeeds(unless);
    const work = async () => {
      if (isDone) return;
      const input = from ? await command(from) : objects ? documents(objects) : "";
      await command(run, input);
    };
    try {
      await step(name, work(), () => isDone ? `${name}, as it was` : name);
    } catch (error) {
      throw new Fault(`Cannot make it so that "${name}": ${reason(error)} (what is done stays: run it again)`);
    }
  }
}

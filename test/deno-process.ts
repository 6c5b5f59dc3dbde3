import process from "node:process";
import { type FunctionName, functions } from "../functions/registry.ts";
import { describe } from "../functions/lib/fn.ts";
import type { Need } from "../functions/lib/needs.ts";
import { denoPermissions } from "../knative/permissions.ts";
import { startChild } from "../scripts/start/processes.ts";

/** How much of what a process has written is kept at least, in characters. */
const outputLength = 1_000_000;

/** One function as Knative runs it: a process of its own, with its least permissions and no setting but its own. */
export interface DenoProcess {
  url: string;
  /** What it has written, to either stream; of a talkative one the last million characters. */
  output: () => string;
  /** `SIGKILL` for a crash, `SIGSTOP` for a machine that hangs. */
  signal: (name: NodeJS.Signals) => void;
  /** Resolves with the code it ends with, null after a signal. */
  exited: Promise<number | null>;
  /** SIGTERM, and the code it ends with. */
  stop: () => Promise<number | null>;
}

interface Served {
  /** A module that `deno serve` takes, by its path in this repository. */
  file: string;
  needs: readonly Need[];
  settings: Record<string, string>;
  /** On the loopback interface; 0 for a free one. */
  port?: number;
}

/** Run a module with `deno serve`. Throws with its output when it does not come up. It does not outlive us. */
export async function serveModule({ file, needs, settings, port = 0 }: Served): Promise<DenoProcess> {
  const permissions = denoPermissions(needs, settings);
  const args = ["serve", "--no-prompt", "--host=127.0.0.1", `--port=${port}`, ...permissions, file];
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...settings };
  const child = await startChild("node_modules/.bin/deno", args, { cwd: process.cwd(), env });
  let output = "";
  const url = await new Promise<string>((listening, failed) => {
    child.onOutput((text) => {
      output = (output.length > 2 * outputLength ? output.slice(-outputLength) : output) + text;
      const address = /Listening on (http:\S+)\//.exec(output.slice(0, 1_000))?.[1];
      if (address) listening(address);
    });
    void child.exited.then(() => failed(new Error(`Cannot run ${file}: ${output}`)));
  });

  return {
    url,
    output: () => output,
    signal: child.kill,
    exited: child.exited,
    stop: async () => {
      child.kill("SIGTERM");
      return await child.exited;
    },
  };
}

/** Run one function on a loopback port, a free one unless said. */
export const startFunction = (name: FunctionName, settings: Record<string, string>, port = 0): Promise<DenoProcess> =>
  serveModule({ file: `functions/${name}.ts`, needs: describe(functions[name]).needs, settings, port });

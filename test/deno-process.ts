import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { type FunctionName, functions } from "../functions/registry.ts";
import { describe } from "../functions/lib/fn.ts";
import { denoPermissions } from "../knative/permissions.ts";

/** One function as Knative runs it: a process of its own, with its least permissions and no setting but its own. */
export interface DenoProcess {
  url: string;
  /** Everything it has written, to either stream. */
  output: () => string;
  /** SIGTERM, and the code it ends with. */
  stop: () => Promise<number | null>;
}

/** Run one function with `deno serve` on a loopback port. Throws with its output when it does not come up. */
export async function startFunction(name: FunctionName, settings: Record<string, string>): Promise<DenoProcess> {
  const { needs } = describe(functions[name]);
  const args = ["serve", "--no-prompt", "--host=127.0.0.1", "--port=0", ...denoPermissions(needs, settings)];
  const child = spawn("node_modules/.bin/deno", [...args, `functions/${name}.ts`], {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output += chunk);
  const url = await new Promise<string>((listening, failed) => {
    child.stderr.on("data", () => {
      const address = /Listening on (http:\S+)\//.exec(output)?.[1];
      if (address) listening(address);
    });
    void ended(child).then(() => failed(new Error(`Cannot run ${name}: ${output}`)));
  });

  return {
    url,
    output: () => output,
    stop: async () => {
      child.kill("SIGTERM");
      return await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

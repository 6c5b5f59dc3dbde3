import process from "node:process";
import { startChild } from "../../scripts/start/processes.ts";
import { entryArgs, type EntryName } from "./entry.ts";

/** One entry of a build, running as in the image: a process of its own with its least permissions. */
export interface Running {
  url: string;
  /** What it has logged. */
  output: () => string;
  /** SIGTERM, and the code it ends with. */
  stop: () => Promise<number | null>;
}

interface Place {
  deno: string;
  root: string;
  /** Where Deno keeps what it compiles. */
  cache: string;
}

/** Run an entry on a free port. Throws with its output when it does not come up. */
export async function run(name: EntryName, given: Record<string, string>, place: Place): Promise<Running> {
  const settings = { ...given, WEB_ROOT: `${place.root}/web/client`, PORT: "0" };
  const { command: [program], args } = entryArgs(name, settings, place);
  const env = { ...settings, DENO_DIR: place.cache, PATH: process.env["PATH"], NO_COLOR: "1" };
  const child = await startChild(program!, args, { cwd: place.root, env });
  const port = await new Promise<string>((listening, failed) => {
    child.onOutput(() => {
      const found = /"message":"listening","port":(\d+)/.exec(child.tail())?.[1];
      if (found) listening(found);
    });
    void child.exited.then(() => failed(new Error(`Cannot run ${name}: ${child.tail()}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    output: child.tail,
    stop: () => {
      child.kill("SIGTERM");
      return child.exited;
    },
  };
}

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { rolldown } from "rolldown";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { findProgram } from "../../scripts/start/processes.ts";
import { house } from "../image/bundle.ts";
import { cacheOf } from "../image/cache.ts";
import { entryArgs, type EntryName } from "../image/entry.ts";
import type { Contender } from "./cold.ts";
import type { Parts } from "./parts.ts";
import { firstRequest } from "./request.ts";
import { makeScene } from "./scene.ts";

const deno = process.execPath;
const quiet = (root: string) => ({ DENO_DIR: cacheOf(root), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" });
const answersOk = (status: number) => status === 200;

/** The smallest thing `deno serve` can run, its code compiled like ours: what everything is measured against. */
export function bare(root: string): Contender {
  const file = path.join(root, "bench/hello.js");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'export default { fetch: () => new Response("ok") };\n');
  return {
    name: "bare deno serve",
    command: (port) => ({
      program: deno,
      args: ["serve", "--host=127.0.0.1", `--port=${port}`, file],
      env: quiet(path.join(root, "bench")),
    }),
    ask: () => Promise.resolve({ path: "/", isRight: answersOk }),
  };
}

const health = () => Promise.resolve({ path: "/healthz", isRight: answersOk });

const firstOf = (name: FunctionName, { settings, issuer }: Parts) => async () =>
  firstRequest(name, await makeScene(settings, issuer));

const page = () => Promise.resolve({ path: "/", init: { headers: { accept: "text/html" } }, isRight: answersOk });

/** An entry of the build, with the very arguments of its manifest: asked for its health, and for what it is there for. */
export function entry(name: EntryName, root: string, parts: Parts): { health: Contender; first: Contender } {
  const command: Contender["command"] = (port) => {
    const settings = { ...parts.settings, WEB_ROOT: `${root}/web/client`, PORT: String(port) };
    const { command: [program], args } = entryArgs(name, settings, { deno, root });
    return { program: program!, args, env: { ...settings, ...quiet(root) } };
  };
  const ask = name in functions ? firstOf(name as FunctionName, parts) : page;
  return { health: { name, command, ask: health }, first: { name, command, ask } };
}

/** The function's own file, as `deno serve` runs it: nothing bundled, nothing replaced. */
export const plain = (name: FunctionName, root: string, parts: Parts): Contender => ({
  name: `${name}, its file under deno serve`,
  command: (port) => ({
    program: deno,
    args: ["serve", "-A", "--host=127.0.0.1", `--port=${port}`, path.join(house, "functions", `${name}.ts`)],
    env: { ...parts.settings, ...quiet(path.join(root, "bench")) },
  }),
  ask: firstOf(name, parts),
});

/** The function as one module for Node and Bun, where they are installed. */
export async function elsewhere(name: FunctionName, root: string, parts: Parts): Promise<Contender[]> {
  const file = path.join(root, "bench/node.mjs");
  const text = `import { serve } from "@hono/node-server";
import app from "./functions/${name}.ts";
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env.PORT) });`;
  const id = path.join(house, "bench.entry.js");
  const plugin = {
    name: "entry",
    resolveId: (asked: string) => asked === "entry" ? id : undefined,
    load: (asked: string) => asked === id ? text : undefined,
  };
  const build = await rolldown({ input: "entry", cwd: house, platform: "node", plugins: [plugin], logLevel: "silent" });
  const { output } = await build.generate({ format: "esm", codeSplitting: false });
  await build.close();
  writeFileSync(file, output[0].code);
  return ["node", "bun"].flatMap((runtime) => {
    const program = findProgram([runtime]);
    return program === undefined ? [] : {
      name: `${name}, one module under ${runtime}`,
      command: (port: number) => ({ program, args: [file], env: { ...parts.settings, PORT: String(port) } }),
      ask: firstOf(name, parts),
    };
  });
}

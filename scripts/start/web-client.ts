import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Fault, reason } from "./fault.ts";
import { findProgram, isAlive, run, startChild, stopChild } from "./processes.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));
const web = path.join(house, "web");

/** Where the built client lies. */
export const webRoot = path.join(web, "dist");

/** In the built client: the hash of what it was built from. Hidden, so nobody is served it. */
const stamp = path.join(webRoot, ".built-from");

/** What the client is made of: its own sources, the values it shares with functions, and the packages. */
function inputs(): string[] {
  const under = (dir: string, isInput: RegExp) =>
    readdirSync(path.join(house, dir), { recursive: true, encoding: "utf8" })
      .map((name) => path.join(dir, name))
      .filter((name) => isInput.test(name) && statSync(path.join(house, name)).isFile());
  const sources = under("web", /^(?!web\/dist)(?!.*\.test\.)/);
  const shared = under("functions", /(schema|lib\/problem)\.ts$/);
  return [...sources, ...shared, "package-lock.json"].sort();
}

function inputsHash(): string {
  const hash = createHash("sha256");
  for (const file of inputs()) hash.update(`${file}\0`).update(readFileSync(path.join(house, file)));
  return hash.digest("hex");
}

/** Vite on `node`, which it is made for; where there is none, on our own runtime. */
function vite(outDir: string): [program: string, args: string[]] {
  const bin = path.join(path.dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const args = [bin, "build", "--config", path.join(web, "vite.config.ts"), "--outDir", outDir, "--emptyOutDir"];
  const node = findProgram(["node"]);
  return node ? [node, args] : [process.execPath, ["run", "-A", "--quiet", ...args]];
}

async function buildInto(outDir: string): Promise<void> {
  const [program, args] = vite(outDir);
  await run(program, [...args, "--logLevel", "error"], { cwd: house }).catch((error) => {
    throw new Fault(`Cannot build the web client: ${reason(error)}`);
  });
}

/** Whether the client that was built is of other sources than these, or none was. */
export const isStale = (hash = inputsHash()) => !existsSync(stamp) || readFileSync(stamp, "utf8") !== hash;

/** Beside the packages, where nobody looks and nothing watches; one per process. */
const nodeModules = path.join(house, "node_modules");
const draftName = /^\.parley-web-(\d+)$/;

/** A draft whose making was killed is of no use to anyone. */
function removeOldDrafts(): void {
  for (const name of readdirSync(nodeModules)) {
    const pid = Number(draftName.exec(name)?.[1] ?? process.pid);
    if (!isAlive(pid)) rmSync(path.join(nodeModules, name), { recursive: true, force: true });
  }
}

/** Build the web client when it is stale. It takes its place whole, whoever else builds at the same time. */
export async function buildWebClient(): Promise<void> {
  const hash = inputsHash();
  if (!isStale(hash)) return;
  removeOldDrafts();
  const draft = path.join(nodeModules, `.parley-web-${process.pid}`);
  try {
    await buildInto(draft);
    writeFileSync(path.join(draft, path.basename(stamp)), hash);
    const old = `${draft}.old`;
    if (existsSync(webRoot)) renameSync(webRoot, old);
    renameSync(draft, webRoot);
    rmSync(old, { recursive: true, force: true });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (isStale(hash)) throw error;
  }
}

/** Build again whenever a source changes, until stopped. What vite says goes to `say`. */
export async function watchWebClient(say: (text: string) => void): Promise<() => Promise<void>> {
  const [program, args] = vite(webRoot);
  const child = await startChild(program, [...args, "--watch"], { cwd: house });
  child.onOutput(say);
  return () => stopChild(child, "SIGTERM", "SIGKILL", 500);
}

import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { graphDigest } from "./graph.ts";
import { entryNames } from "./image/entry.ts";
import { nextRelease, type Release } from "./release/moved.ts";
import { digestWith, runtimeOf } from "./release/runtime.ts";

/**
 * `npm run release -- --image REGISTRY/parley@sha256:…`: give the image to those Services whose code it changed,
 * write `knative/release.json` and the manifests, and say which moved. With `--dry-run`, only say it.
 */
const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const read = (name: string) => readFileSync(at(name), "utf8");

async function release(): Promise<void> {
  const { values } = parseArgs({ options: { image: { type: "string" }, "dry-run": { type: "boolean" } } });
  if (!values.image) throw new Error("Cannot release: say what, --image REGISTRY/parley@sha256:…");

  const runtime = runtimeOf(read("../Dockerfile"), JSON.parse(read("../package.json")));
  const graphs: Record<string, string> = {};
  for (const name of entryNames) graphs[name] = digestWith(runtime, await graphDigest(name));
  const { release, moved } = nextRelease(JSON.parse(read("release.json")) as Release, values.image, graphs);

  if (!values["dry-run"]) {
    writeFileSync(at("release.json"), JSON.stringify(release, null, 2) + "\n");
    await import("./generate.ts");
  }
  for (const name of moved) console.log(`${values["dry-run"] ? "would move" : "moved"} ${name}`);
  console.log(`${moved.length} of ${entryNames.length} move to this image; the others keep theirs.`);
}

try {
  await release();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { buildWebClient, webRoot } from "../scripts/start/web-client.ts";
import { bundle, house } from "./image/bundle.ts";
import type { EntryName } from "./image/entry.ts";

/** What one entry of the image consists of. */
export interface Graph {
  /** Its own sources, by their paths in this repository. */
  files: string[];
  /** The packages of which it bundles something, with their versions. */
  packages: Record<string, string>;
  /** Of its bundled code. Comments, spaces and whatever the bundle does not hold do not move it. */
  digest: string;
}

const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");

/** The package's name in a path like `…/node_modules/@scope/name/dist/file.js`. */
const packageOf = (file: string) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];

const versionOf = (name: string, root: string) => {
  const { version } = JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8"));
  return version as string;
};

/** The graph of one entry, of this repository or of a copy of it. */
export async function graph(name: EntryName, root = house): Promise<Graph> {
  const { code, modules } = await bundle(name, "bare", root);
  const ids = Object.keys(modules).filter((id) => path.isAbsolute(id) && !id.endsWith(".entry.js"));
  const packages = [...new Set(ids.flatMap((id) => packageOf(id) ?? []))].sort();
  return {
    files: ids.filter((id) => !packageOf(id)).map((id) => path.relative(root, id)).sort(),
    packages: Object.fromEntries(packages.map((one) => [one, versionOf(one, root)])),
    digest: sha256(code),
  };
}

/** One digest over the files of the built web client, which its server serves; built when it is stale. */
async function clientDigest(): Promise<string> {
  await buildWebClient();
  const names = readdirSync(webRoot, { recursive: true, encoding: "utf8" })
    .filter((name) => !path.basename(name).startsWith(".") && statSync(path.join(webRoot, name)).isFile()).sort();
  return sha256(names.map((name) => `${name} ${sha256(readFileSync(path.join(webRoot, name), "latin1"))}\n`).join(""));
}

/** By what an entry's Knative Service moves to a new image: its graph, and for the web server what it serves too. */
export async function graphDigest(name: EntryName): Promise<string> {
  const { digest } = await graph(name);
  return name === "web/serve" ? sha256(digest + await clientDigest()) : digest;
}

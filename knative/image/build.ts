import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { buildWebClient, webRoot } from "../../scripts/start/web-client.ts";
import { encodingOf } from "../../functions/web/encoding.ts";
import { isTextual, typeOf } from "../../functions/web/types.ts";
import { bundle, house } from "./bundle.ts";
import { type EntryName, entryNames } from "./entry.ts";

/** Where a build lies unless said: what the Dockerfile copies to `/app`. */
export const dist = path.join(house, "dist");

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(name), { recursive: true });
  writeFileSync(name, content);
}

/** The built web client, and beside each file what travels instead: as small as can be, because it is made only once. */
async function buildClient(into: string): Promise<void> {
  await buildWebClient();
  const names = readdirSync(webRoot, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && !found.name.startsWith("."))
    .map((found) => path.relative(webRoot, path.join(found.parentPath, found.name)));
  for (const name of names) {
    const bytes = readFileSync(path.join(webRoot, name));
    write(path.join(into, name), bytes);
    if (!encodingOf("br", { isText: isTextual(typeOf(name)), size: bytes.length })) continue;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    write(path.join(into, `${name}.br`), brotliCompressSync(bytes, quality));
    write(path.join(into, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

/** Everything the image holds beside Deno, under `into`: one file per entry, and the web client. */
export async function build(into = dist, names: readonly EntryName[] = entryNames): Promise<void> {
  rmSync(into, { recursive: true, force: true });
  for (const name of names) write(path.join(into, `${name}.js`), (await bundle(name)).code);
  if (names.includes("web/serve")) await buildClient(path.join(into, "web/client"));
}

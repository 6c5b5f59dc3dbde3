import { readFile, stat } from "node:fs/promises";
import type { Encoding } from "./encoding.ts";
import { isTextual, typeOf } from "./types.ts";

/** The ends of the names under which a build leaves what it has compressed. */
const endings = { br: ".br", gzip: ".gz" } as const;

type Bytes = Uint8Array<ArrayBuffer>;

export interface StaticFile {
  type: string;
  isText: boolean;
  size: number;
  /** Of its content, as an ETag carries it. */
  hash: string;
  /** Its bytes, compressed once and kept. */
  content: (encoding: Encoding | undefined) => Promise<Bytes>;
}

const known = new Map<string, { version: string; file: Promise<StaticFile> }>();

const read = async (name: string): Promise<Bytes> => new Uint8Array(await readFile(name));

/** Compress now, for a client that was built without it. Loaded when it is needed: it weighs on a cold start. */
async function compress(bytes: Bytes, encoding: Encoding): Promise<Bytes> {
  const { brotliCompressSync, constants, gzipSync } = await import("node:zlib");
  // Quality 9 of 11: the last two cost ten times as long for a few percent.
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  return new Uint8Array(encoding === "br" ? brotliCompressSync(bytes, options) : gzipSync(bytes));
}

async function load(name: string): Promise<StaticFile> {
  const bytes = await read(name);
  const type = typeOf(name);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const compressed = new Map<Encoding, Promise<Bytes>>();
  return {
    type,
    isText: isTextual(type),
    size: bytes.length,
    hash: btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").slice(0, 22),
    content(encoding) {
      if (!encoding) return Promise.resolve(bytes);
      let made = compressed.get(encoding);
      if (!made) {
        made = read(name + endings[encoding]).catch(() => compress(bytes, encoding));
        compressed.set(encoding, made);
      }
      return made;
    },
  };
}

/** The place of a URL path under `root`; nothing for what a client is not to see and whatever tries to lead out of it. */
function locate(root: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (/[\0\\]|\/\.|\/$|\.(br|gz)$/.test(decoded)) return undefined;
  return `${root}${decoded}`;
}

/** A file of `root` by its URL path, read once and again when it has changed. */
export async function findFile(root: string, urlPath: string): Promise<StaticFile | undefined> {
  const name = locate(root, urlPath);
  const found = name === undefined ? undefined : await stat(name).catch(() => undefined);
  if (!name || !found?.isFile()) return undefined;
  const version = `${found.mtimeMs} ${found.size}`;
  const kept = known.get(name);
  if (kept?.version === version) return kept.file;
  const file = load(name);
  known.set(name, { version, file });
  return file;
}

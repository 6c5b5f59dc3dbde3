import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Encoding } from "./encoding.ts";

/** Media types of what a web client is made of. */
const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

const isTextual = (type: string) => /^(text\/|application\/(json|manifest)|image\/svg)/.test(type);

/** Quality 9 of 11: the last two cost ten times as long for a few percent. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const compress = {
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, brotliOptions),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
};

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

async function load(name: string): Promise<StaticFile> {
  const bytes: Bytes = new Uint8Array(await readFile(name));
  const type = types[path.extname(name)] ?? "application/octet-stream";
  const compressed = new Map<Encoding, Promise<Bytes>>();
  return {
    type,
    isText: isTextual(type),
    size: bytes.length,
    hash: createHash("sha256").update(bytes).digest("base64url").slice(0, 22),
    content(encoding) {
      if (!encoding) return Promise.resolve(bytes);
      let made = compressed.get(encoding);
      if (!made) compressed.set(encoding, made = compress[encoding](bytes).then((small) => new Uint8Array(small)));
      return made;
    },
  };
}

/** The place of a URL path under `root`; nothing for hidden files and whatever tries to lead out of it. */
function locate(root: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (/[\0\\]|\/\.|\/$/.test(decoded)) return undefined;
  return path.join(root, decoded);
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

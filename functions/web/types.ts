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

/** The media type of a file by its name. */
export const typeOf = (name: string): string => types[/\.\w+$/.exec(name)?.[0] ?? ""] ?? "application/octet-stream";

/** Whether a file of this type gains by compression. */
export const isTextual = (type: string): boolean => /^(text\/|application\/(json|manifest)|image\/svg)/.test(type);

import { Hono } from "hono";
import { watchSignals } from "../lib/lifecycle.ts";
import { problem } from "../lib/problem.ts";
import { setting } from "../lib/settings.ts";
import { documents } from "./documents.ts";
import { findFile } from "./files.ts";
import { encodingOf } from "./encoding.ts";

/**
 * Everything comes from us, except people's pictures, which may be at any https address. Nobody may frame us. Styles
 * that scripts set on elements need no exception.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' https: data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const always = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
};

/** A year for files that carry a hash of their content in their name; everything else is asked for again each time. */
const cacheControl = (path: string) =>
  /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path) ? "public, max-age=31536000, immutable" : "no-cache";

/** A page is being opened, as opposed to a file that a page asks for. */
const isNavigation = (request: Request) =>
  (request.headers.get("sec-fetch-mode") ?? "navigate") === "navigate" &&
  (request.headers.get("accept") ?? "").includes("text/html");

const matches = (ifNoneMatch: string | undefined, etag: string) =>
  ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag) ?? false;

const app = new Hono();
app.get("/healthz", (c) => c.text("ok"));

app.get("*", async (c) => {
  watchSignals();
  const root = setting("WEB_ROOT");
  const { path } = c.req;
  const asked = path === "/" ? "/index.html" : documents[path] ?? path;
  const file = await findFile(root, asked) ??
    (isNavigation(c.req.raw) ? await findFile(root, "/index.html") : undefined);
  if (!file) return problem("not-found").answer(c);

  const encoding = encodingOf(c.req.header("accept-encoding"), file);
  const headers = {
    ...always,
    "content-type": file.type,
    "cache-control": cacheControl(asked),
    etag: encoding ? `"${file.hash}-${encoding}"` : `"${file.hash}"`,
    ...(file.isText && { vary: "accept-encoding" }),
    ...(encoding && { "content-encoding": encoding }),
  };
  if (matches(c.req.header("if-none-match"), headers.etag)) return c.body(null, 304, headers);
  return c.body(await file.content(encoding), 200, headers);
});
app.all("*", (c) => problem("not-found").answer(c));

/**
 * The built web client: files of `WEB_ROOT`, among them the API's own documents, and `index.html` for every page that is
 * opened. `deno serve` runs it.
 */
export default { fetch: (request: Request): Response | Promise<Response> => app.fetch(request) };

import { Hono } from "hono";
import { proxy } from "hono/proxy";
import path from "node:path";
import { describe } from "../../functions/lib/fn.ts";
import { errorFields, log } from "../../functions/lib/log.ts";
import { Problem, problem } from "../../functions/lib/problem.ts";
import { functions } from "../../functions/registry.ts";
import { documents } from "../../functions/web/documents.ts";
import { wakePath } from "../../functions/web/waking.ts";
import { mount } from "./identity/server.ts";

interface Options {
  publicUrl: string;
  /** Where the embedded identity provider listens, if there is one. */
  identityUrl: string | undefined;
  web: { fetch: (request: Request) => Response | Promise<Response> };
}

type Env = { Bindings: { address: string } };

const isLoopback = (hostname: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/** Fixed parts of a path before parameters, so that `/rooms/discover` is not taken for a room's id. */
const bySpecificity = (one: { path: string }, other: { path: string }) =>
  one.path.replaceAll(":", "\uffff") < other.path.replaceAll(":", "\uffff") ? -1 : 1;

/** What only a proxy may say, and so nobody who asks us; and what is between two neighbours. */
const dropped =
  /^(x-forwarded-.*|forwarded|x-real-ip|host|connection|keep-alive|te|trailer|transfer-encoding|upgrade)$/;

/** The provider's cookies, and none of ours: it has no business with our tokens. */
const providersCookies = (cookies: string) =>
  cookies.split("; ").filter((one) => one.startsWith("parley-idp")).join("; ");

/** Who asks: the neighbour, or, behind the proxy that speaks TLS for us, whom that proxy saw. */
const asker = (request: Request, home: URL, address: string) =>
  (home.protocol === "https:" && request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim()) || address;

/** Ask the identity provider in the caller's name. Not by `raw`, whose signal Deno warns of. */
function forward(request: Request, to: string, address: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (/%00/.test(pathname + search)) throw problem("invalid-request"); // nobody means it, and Postgres cannot store it
  const headers = new Headers([...request.headers].filter(([name]) => !dropped.test(name)));
  headers.set("x-forwarded-for", address);
  headers.set("cookie", providersCookies(headers.get("cookie") ?? ""));
  const body = request.body && { body: request.body, duplex: "half" };
  return proxy(to + pathname + search, { method: request.method, headers, redirect: "manual", ...body });
}

/**
 * Cookies and the issuer live at the public address: a browser that was sent to another name of this machine is sent
 * there. Calls by programs are answered under any name.
 */
function elsewhere(request: Request, home: URL): string | undefined {
  const url = new URL(request.url);
  const isPage = request.method === "GET" && (request.headers.get("accept") ?? "").includes("text/html");
  const isOtherName = url.host !== home.host && isLoopback(url.hostname) && isLoopback(home.hostname);
  return isPage && isOtherName ? home.origin + url.pathname + url.search : undefined;
}

/**
 * What stands in for Traefik and Knative on one machine: every function under its own route, each with its own
 * middleware; the identity provider; and the web client for everything else.
 */
export function gateway(
  { publicUrl, identityUrl, web }: Options,
): (request: Request, address: string) => Promise<Response> {
  const home = new URL(publicUrl);
  const app = new Hono<Env>();
  app.use("*", async (c, next) => {
    const target = elsewhere(c.req.raw, home);
    return target ? c.redirect(target, 307) : await next();
  });
  app.get("/healthz", (c) => c.text("ok"));
  for (const [file, fn] of Object.entries(functions)) {
    app.get(wakePath(path.basename(file)), () => fn.request("/healthz"));
  }
  app.all("/healthz/*", (c) => problem("not-found").answer(c));
  const routes = Object.values(functions).map((fn) => ({ ...describe(fn), fn })).sort(bySpecificity);
  for (const { method, path, fn } of routes) app.on(method, path, (c) => fn.fetch(c.req.raw));
  for (const document of Object.keys(documents)) app.get(document, (c) => web.fetch(c.req.raw));
  app.all("/api/*", (c) => problem("not-found").answer(c));
  app.all("/auth/*", (c) => problem("not-found").answer(c));
  if (identityUrl) app.all(`${mount}/*`, (c) => forward(c.req.raw, identityUrl, asker(c.req.raw, home, c.env.address)));
  app.all("*", (c) => web.fetch(c.req.raw));
  app.onError((error, c) => {
    if (error instanceof Problem) return error.answer(c);
    log("error", "gateway", errorFields(error));
    return problem("unavailable").answer(c);
  });

  return async (request, address) => await app.fetch(request, { address });
}

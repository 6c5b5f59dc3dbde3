import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { accessCookie } from "./cookies.ts";
import { identity, type Me } from "./identity.ts";
import { clientOf } from "./needs.ts";
import { refuseCrossSite } from "./origin.ts";
import { problem } from "./problem.ts";
import { step } from "./step.ts";

const safeMethods = new Set(["GET", "HEAD"]);

/**
 * Let only signed-in callers pass, and put them in `c.var.me`. A bearer token speaks for itself; a cookie is sent by
 * browsers on anyone's behalf, so a change made with one must come from our own pages.
 * Throws `not-signed-in`, `cross-site`.
 */
export const signedIn: MiddlewareHandler<{ Variables: { me: Me } }> = step(
  {
    needs: [identity],
    shows: "token",
    problems: ({ method }) => ["not-signed-in", ...(safeMethods.has(method) ? [] : ["cross-site"] as const)],
  },
  async (c, next) => {
    const bearer = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const token = bearer ?? getCookie(c, accessCookie());
    if (!token) throw problem("not-signed-in");
    const me = await clientOf(identity).verify(token);
    if (!bearer && !safeMethods.has(c.req.method)) refuseCrossSite(c);
    c.set("me", me);
    await next();
  },
);

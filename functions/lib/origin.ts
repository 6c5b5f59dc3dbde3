import type { Context, MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";
import { setting } from "./settings.ts";
import { step } from "./step.ts";

/** The one origin people see, without a slash at the end: `https://chat.example.org`. */
export const publicOrigin = () => new URL(setting("PUBLIC_URL")).origin;

/** Whether people reach this Parley by TLS, which decides the cookies' prefix and `Secure`. */
export const isSecure = () => publicOrigin().startsWith("https:");

/**
 * Refuse what another site may have sent. A custom header cannot cross origins without a preflight, and `Origin` must
 * be ours: the public one, or the very host this request was sent to (cookies are bound to it, so nothing to forge).
 * Throws `cross-site`.
 */
export function refuseCrossSite(c: Context): void {
  const origin = c.req.header("origin");
  const same = origin !== undefined && URL.canParse(origin) &&
    (origin === publicOrigin() || new URL(origin).host === c.req.header("host"));
  if (!same || c.req.header("x-parley") !== "1") throw problem("cross-site");
}

/** `refuseCrossSite` as a step of a route. */
export const sameOrigin: MiddlewareHandler = step({ problems: () => ["cross-site"] }, async (c, next) => {
  refuseCrossSite(c);
  await next();
});

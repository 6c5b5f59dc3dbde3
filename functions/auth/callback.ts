import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import * as v from "valibot";
import { accessCookie, drop, keep, loginCookie, sessionCookie } from "../lib/cookies.ts";
import { fn } from "../lib/fn.ts";
import { identity } from "../lib/identity.ts";
import { oidc } from "../lib/oidc.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { randomSecret } from "../lib/secret.ts";
import { query } from "../lib/validate.ts";
import { localPath } from "./local-path.ts";
import { Begun, Callback } from "./schema.ts";
import { saveSession, sessionSeconds } from "./session-store.ts";

const failed = (detail: string) => problem("login-failed", { detail });

/** A person is shown our own page, which says that it did not work, whosever fault it was; a program gets the problem. */
const failuresAsPages: MiddlewareHandler = async (c, next) => {
  await next();
  const isPage = c.req.header("accept")?.includes("text/html");
  if (!c.error || !isPage) return;
  c.res = c.redirect("/?problem=login-failed", 302); // which keeps the problem's headers
  c.res.headers.delete("retry-after");
};

/** What this browser began with this state, if the cookie is one that we made. */
function begun(c: Context, state: string | undefined) {
  const kept = state && getCookie(c, loginCookie(state));
  try {
    return kept ? v.parse(Begun, JSON.parse(kept)) : null;
  } catch {
    return null; // not ours: the same as none
  }
}

/** End of a sign-in: sets the access and session cookies, 302 to where the person wanted to go. */
export default fn({
  needs: [oidc, identity, redis],
  answers: { 302: null },
  problems: ["login-failed", "not-signed-in"],
  headers: {
    Location: "Where the person wanted to go; for a browser whose sign-in failed, our own page that says so.",
    "Set-Cookie": "The access token and the session, and the end of what was kept for this sign-in.",
  },
  wokenAt: "sign-in",
})
  .get("/auth/callback", failuresAsPages, query(Callback), async (c) => {
    const { oidc, identity, redis } = c.var;
    const { code, state, error } = c.req.valid("query");
    const attempt = begun(c, state);
    if (!state || !attempt) throw failed("This sign-in was not begun in this browser, or it took too long");
    drop(c, loginCookie(state));
    if (!code) throw failed(`The identity provider said: ${error ?? "nothing"}`);

    const tokens = await oidc.exchange(code, attempt);
    if (!tokens) throw failed("The identity provider did not confirm this sign-in");
    await identity.verify(tokens.access_token);

    const session = await saveSession(redis, randomSecret(), tokens.refresh_token);
    keep(c, accessCookie(), tokens.access_token, tokens.expires_in);
    keep(c, sessionCookie(), session, sessionSeconds);
    return c.redirect(localPath(attempt.returnTo), 302);
  });

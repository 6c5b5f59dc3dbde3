import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { accessCookie, drop, keep, loginCookie, sessionCookie } from "../lib/cookies.ts";
import { fn } from "../lib/fn.ts";
import { identity } from "../lib/identity.ts";
import { type Attempt, oidc } from "../lib/oidc.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { randomSecret } from "../lib/secret.ts";
import { query } from "../lib/validate.ts";
import { Callback } from "./schema.ts";
import { saveSession, sessionSeconds } from "./session-store.ts";

/** A browser is shown our own page, which says what happened; anything else gets the problem. */
function failed(c: Context, detail: string) {
  if (!c.req.header("accept")?.includes("text/html")) throw problem("login-failed", { detail });
  return c.redirect("/?problem=login-failed", 302);
}

/** End of a sign-in: sets the access and session cookies, 302 to where the person wanted to go. */
export default fn({ needs: [oidc, identity, redis] })
  .get("/auth/callback", query(Callback), async (c) => {
    const { oidc, identity, redis } = c.var;
    const { code, state, error } = c.req.valid("query");
    const kept = state && getCookie(c, loginCookie(state));
    if (!state || !kept) return failed(c, "This sign-in was not begun in this browser, or it took too long");
    drop(c, loginCookie(state));
    if (!code) return failed(c, `The identity provider said: ${error ?? "nothing"}`);

    const attempt = JSON.parse(kept) as Attempt & { returnTo: string };
    const tokens = await oidc.exchange(code, attempt);
    if (!tokens) return failed(c, "The identity provider did not confirm this sign-in");
    await identity.verify(tokens.access_token);

    const session = await saveSession(redis, randomSecret(), tokens.refresh_token);
    keep(c, accessCookie(), tokens.access_token, tokens.expires_in);
    keep(c, sessionCookie(), session, sessionSeconds);
    return c.redirect(attempt.returnTo, 302);
  });

import { getCookie } from "hono/cookie";
import { accessCookie, drop, sessionCookie } from "../lib/cookies.ts";
import { fn } from "../lib/fn.ts";
import { oidc } from "../lib/oidc.ts";
import { sameOrigin } from "../lib/origin.ts";
import { redis } from "../lib/redis.ts";
import { cookieRequired, endSession, loadSession, parseSession } from "./session-store.ts";

/**
 * Sign out: 204, the cookies cleared, the session ended here and at the identity provider. When the provider is silent:
 * 503, and only its own session is left.
 */
export default fn({
  needs: [oidc, redis],
  answers: { 204: null },
  headers: { "Set-Cookie": "The end of the access token and the session." },
})
  .post("/auth/logout", cookieRequired, sameOrigin, async (c) => {
    const { oidc, redis } = c.var;
    const cookie = parseSession(getCookie(c, sessionCookie()));
    const session = cookie && await loadSession(redis, cookie.id);
    if (cookie) await endSession(redis, cookie.id);
    drop(c, accessCookie());
    drop(c, sessionCookie());

    if (session) await oidc.logout(session.refreshToken);
    return c.body(null, 204);
  });

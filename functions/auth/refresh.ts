import { getCookie } from "hono/cookie";
import { accessCookie, drop, keep, sessionCookie } from "../lib/cookies.ts";
import { fn } from "../lib/fn.ts";
import { oidc } from "../lib/oidc.ts";
import { sameOrigin } from "../lib/origin.ts";
import { problem } from "../lib/problem.ts";
import { redis } from "../lib/redis.ts";
import { hashed } from "../lib/secret.ts";
import { Refreshed } from "./model.ts";
import {
  cookieRequired,
  endSession,
  loadSession,
  parseSession,
  saveSession,
  sessionSeconds,
  whileLocked,
} from "./session-store.ts";

/**
 * Renew the access token: 200 with when it expires (ISO 8601), and both cookies anew. The handle in the session cookie
 * is good for one refresh: an old one ends the session, whoever holds it, because one of the two is a thief or has lost
 * an answer. The refresh token never left this house, so forgetting it is enough; the provider still knows its own
 * browser and signs it in again without a password. 401 when the session has ended.
 */
export default fn({
  needs: [oidc, redis],
  answers: { 200: Refreshed },
  problems: ["session-ended", "refresh-in-progress"],
  headers: {
    "Set-Cookie": "A new access token and a new session handle, or the end of both when the session has ended.",
  },
  wokenAt: "visit",
})
  .post("/auth/refresh", cookieRequired, sameOrigin, async (c) => {
    const { oidc, redis } = c.var;
    const cookie = parseSession(getCookie(c, sessionCookie()));
    const ended = () => {
      drop(c, accessCookie());
      drop(c, sessionCookie());
      return problem("session-ended");
    };
    if (!cookie) throw ended();

    const answer = await whileLocked(redis, cookie.id, async () => {
      const session = await loadSession(redis, cookie.id);
      if (!session) throw ended();
      if (session.handle !== await hashed(cookie.handle)) {
        await endSession(redis, cookie.id);
        throw ended();
      }

      const tokens = await oidc.refresh(session.refreshToken);
      if (!tokens) {
        await endSession(redis, cookie.id);
        throw ended();
      }
      keep(c, sessionCookie(), await saveSession(redis, cookie.id, tokens.refresh_token), sessionSeconds);
      keep(c, accessCookie(), tokens.access_token, tokens.expires_in);
      return c.json({ expiresAt: new Date(Date.now() + tokens.expires_in * 1000).toISOString() } satisfies Refreshed);
    });
    if (!answer) throw problem("refresh-in-progress", { headers: { "retry-after": "1" } });
    return answer;
  });

import { keep, loginCookie } from "../lib/cookies.ts";
import { fn } from "../lib/fn.ts";
import { oidc } from "../lib/oidc.ts";
import { randomSecret } from "../lib/secret.ts";
import { query } from "../lib/validate.ts";
import { localPath } from "./local-path.ts";
import { LoginRequest } from "./schema.ts";

/** How long a person may take to sign in, in seconds. */
const attemptSeconds = 15 * 60;

/** Begin to sign in: 302 to the identity provider (authorization code, PKCE, state, nonce). */
export default fn({
  needs: [oidc],
  answers: { 302: null },
  headers: {
    Location: "The identity provider's page.",
    "Set-Cookie": "What this sign-in must prove when it returns, for 15 minutes.",
  },
  wokenAt: "sign-in",
})
  .get("/auth/login", query(LoginRequest), async (c) => {
    const { return_to, prompt } = c.req.valid("query");
    const attempt = { state: randomSecret(), nonce: randomSecret(), codeVerifier: randomSecret() };

    const kept = JSON.stringify({ ...attempt, returnTo: localPath(return_to) });
    keep(c, loginCookie(attempt.state), kept, attemptSeconds, "Lax");
    return c.redirect(await c.var.oidc.authorizationUrl(attempt, prompt), 302);
  });

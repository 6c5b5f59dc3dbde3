import { createRemoteJWKSet, jwtVerify } from "jose";
import { OAuth2Client, OAuth2RequestError } from "oslo/oauth2";
import { algorithms, endpoints } from "./identity.ts";
import type { Need } from "./needs.ts";
import { publicOrigin } from "./origin.ts";
import { problem } from "./problem.ts";
import { optionalSetting } from "./settings.ts";

/**
 * The only file that knows `oslo`, whose author now points to successors: replacing it means replacing this file.
 * It speaks for our back end to the identity provider: authorization code with PKCE, refresh, direct logout.
 */

/** What the provider hands out. Lifetimes in seconds. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token?: string;
  expires_in: number;
}

/** What one sign-in must prove when it returns. */
export interface Attempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** How long the provider may take for one answer, in milliseconds: less than a refresh may hold its lock. */
const providerMs = 5_000;

function client() {
  const { issuer, authorization, token, keys, logout } = endpoints();
  const clientId = optionalSetting("OIDC_CLIENT_ID") ?? "parley-web";
  const secret = optionalSetting("OIDC_CLIENT_SECRET"); // a public client has none: PKCE alone vouches for it
  const authenticated = secret ? { credentials: secret } : {};
  const oauth = new OAuth2Client(clientId, authorization, token, { redirectURI: `${publicOrigin()}/auth/callback` });
  const keySet = createRemoteJWKSet(new URL(keys), { timeoutDuration: providerMs });

  /** oslo's requests have no time limit of their own. */
  const expired = () =>
    new Promise<never>((_, reject) => {
      const signal = AbortSignal.timeout(providerMs);
      signal.addEventListener("abort", () => reject(signal.reason));
    });

  /** A refusal of the grant is null; anything else that goes wrong is the provider's trouble, not the caller's. */
  const granted = (asked: Promise<unknown>): Promise<Tokens | null> =>
    Promise.race([asked as Promise<Tokens>, expired()]).catch((cause: unknown) => {
      if (cause instanceof OAuth2RequestError && cause.message === "invalid_grant") return null;
      throw problem("unavailable", { detail: "The identity provider is silent", headers: { "retry-after": "2" } });
    });

  return {
    /** Where to send the browser. `prompt: "create"` opens on the page for new accounts. */
    async authorizationUrl({ state, nonce, codeVerifier }: Attempt, prompt?: "create" | undefined): Promise<URL> {
      const scopes = ["openid", "profile", "email"];
      const url = await oauth.createAuthorizationURL({ state, codeVerifier, scopes });
      url.searchParams.set("nonce", nonce);
      if (prompt) url.searchParams.set("prompt", prompt);
      return url;
    },

    /** Trade a code for tokens, the ID token verified. Null when the provider refuses the code or the token is not for us. */
    async exchange(code: string, { codeVerifier, nonce }: Attempt): Promise<Tokens | null> {
      const tokens = await granted(oauth.validateAuthorizationCode(code, { codeVerifier, ...authenticated }));
      if (!tokens?.id_token || !tokens.refresh_token) return null;
      const verified = await jwtVerify(tokens.id_token, keySet, { issuer, audience: clientId, algorithms }).catch(() =>
        null
      );
      return verified?.payload["nonce"] === nonce ? tokens : null;
    },

    /** Trade a refresh token for new tokens. Null when it has been used, revoked or has expired. */
    refresh: (refreshToken: string): Promise<Tokens | null> =>
      granted(oauth.refreshAccessToken(refreshToken, authenticated)),

    /** End the person's session at the provider, by its direct logout. Throws `unavailable`. */
    async logout(refreshToken: string): Promise<void> {
      const body = new URLSearchParams({ client_id: clientId, refresh_token: refreshToken });
      if (secret) body.set("client_secret", secret);
      const res = await fetch(logout, { method: "POST", body, signal: AbortSignal.timeout(providerMs) }).catch(() =>
        null
      );
      await res?.body?.cancel();
      if (!res || res.status >= 500) throw problem("unavailable", { detail: "The identity provider is silent" });
    },
  };
}

/** The identity provider's back side, which only auth/* may speak to. */
export const oidc: Need<"oidc", ReturnType<typeof client>> = {
  name: "oidc-client",
  key: "oidc",
  settings: [
    "OIDC_ISSUER",
    "OIDC_AUTHORIZATION_URL",
    "OIDC_TOKEN_URL",
    "OIDC_JWKS_URL",
    "OIDC_LOGOUT_URL",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "PUBLIC_URL",
  ],
  pool: 0,
  open: client,
};

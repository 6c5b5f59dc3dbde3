import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { is } from "valibot";
import type { Need } from "./needs.ts";
import { problem } from "./problem.ts";
import { Id } from "./schema.ts";
import { optionalSetting, setting } from "./settings.ts";

/** Who is calling, as their access token says. `id` is the OIDC `sub`; `expiresAt` is in milliseconds since 1970. */
export interface Me {
  id: string;
  username: string;
  email: string | null;
  /** Whether the provider has seen that the address is theirs. */
  isVerified: boolean;
  name: string | null;
  expiresAt: number;
}

/**
 * The provider's endpoints. Unless settings name them, they stand where Keycloak has them under the issuer, and so do
 * the embedded provider's: no discovery request stands in front of a cold start. In a cluster, the settings point our
 * back end past the edge; with another provider, they come from its discovery document.
 */
export function endpoints() {
  const issuer = setting("OIDC_ISSUER");
  const base = `${issuer.replace(/\/$/, "")}/protocol/openid-connect`;
  const at = (name: string, path: string) => optionalSetting(name) ?? `${base}/${path}`;
  return {
    issuer,
    authorization: at("OIDC_AUTHORIZATION_URL", "auth"),
    token: at("OIDC_TOKEN_URL", "token"),
    keys: at("OIDC_JWKS_URL", "certs"),
    logout: at("OIDC_LOGOUT_URL", "logout"),
  };
}

/** Asymmetric only, so that a public key can never be taken for a shared secret. EdDSA first: a fifth of ES256's cost. */
export const algorithms = ["EdDSA", "Ed25519", "ES256", "PS256", "RS256"];

/** What a verified token is remembered for at most this many of; the oldest goes first. */
const maxRemembered = 10_000;

/** A claim as our databases can keep it: 255 characters, none that cannot be stored; null when nothing is left. */
function text(claim: unknown): string | null {
  if (typeof claim !== "string") return null;
  return Array.from(claim.replaceAll(/[\p{Cc}\p{Cs}]/gu, "").trim()).slice(0, 255).join("") || null;
}

function me(claims: JWTPayload): Me {
  const { sub, exp, preferred_username, email, email_verified, name } = claims as JWTPayload & Record<string, unknown>;
  if (!is(Id, sub) || exp === undefined) throw problem("not-signed-in");
  return {
    id: sub.toLowerCase(),
    username: text(preferred_username) ?? sub,
    email: text(email),
    isVerified: email_verified === true,
    name: text(name),
    expiresAt: exp * 1000,
  };
}

/** Verifies access tokens against the provider's keys, and remembers the verified ones until they expire. */
function verifier() {
  const { issuer, keys } = endpoints();
  const audience = optionalSetting("OIDC_AUDIENCE") ?? "parley-api";
  const keySet = createRemoteJWKSet(new URL(keys), { timeoutDuration: 5_000 });
  const remembered = new Map<string, Me>();

  return {
    /** Throws `not-signed-in` for any token that is not valid here and now, `unavailable` when the keys cannot be had. */
    async verify(token: string): Promise<Me> {
      const known = remembered.get(token);
      if (known && known.expiresAt > Date.now()) return known;
      remembered.delete(token);

      const options = { issuer, audience, algorithms, requiredClaims: ["exp", "sub"], clockTolerance: 5 };
      const { payload } = await jwtVerify(token, keySet, options).catch((error: unknown) => {
        const theirs = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) &&
          error.code !== "ERR_JOSE_GENERIC";
        throw theirs ? problem("not-signed-in") : problem("unavailable", { detail: "The identity provider is silent" });
      });

      const caller = me(payload);
      if (remembered.size >= maxRemembered) remembered.delete(remembered.keys().next().value!);
      remembered.set(token, caller);
      return caller;
    },
  };
}

/** The identity provider's public side: who is calling. */
export const identity: Need<"identity", ReturnType<typeof verifier>> = {
  name: "identity",
  key: "identity",
  settings: ["OIDC_ISSUER", "OIDC_JWKS_URL", "OIDC_AUDIENCE", "PUBLIC_URL"],
  pool: 0,
  open: verifier,
};

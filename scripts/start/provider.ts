import process from "node:process";
import { Fault, reason } from "./fault.ts";
import { mount, startIdentity } from "./identity/server.ts";
import type { Secrets } from "./secrets.ts";

/** The identity provider as functions are told of it. */
export interface Provider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  audience: string;
  /** `http://127.0.0.1:<port>` of the embedded one. */
  embeddedUrl?: string;
  /** Where its endpoints are, by the setting that says so to functions. */
  endpoints: Record<string, string>;
  stop: () => Promise<void>;
}

/** Whether a provider was given, so that ours is not needed. */
export const isGiven = () => Boolean(process.env.OIDC_ISSUER);

const usualClient = "parley-web";
const usualAudience = "parley-api";

async function discovery(issuer: string): Promise<Record<string, unknown>> {
  const url = `${issuer}/.well-known/openid-configuration`;
  const res = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch((error) => {
    throw new Fault(`Cannot reach the identity provider of OIDC_ISSUER (${issuer}): ${reason(error)}`);
  });
  const document: unknown = res.ok ? await res.json().catch(() => null) : await res.body?.cancel();
  if (typeof document === "object" && document !== null) return document as Record<string, unknown>;
  throw new Fault(`Cannot use OIDC_ISSUER: there is no discovery document at ${url} (${res.status})`);
}

/** Setting → its name in a discovery document. */
const endpointNames = {
  OIDC_AUTHORIZATION_URL: "authorization_endpoint",
  OIDC_TOKEN_URL: "token_endpoint",
  OIDC_JWKS_URL: "jwks_uri",
  OIDC_LOGOUT_URL: "end_session_endpoint",
};

/** What a discovery document says, where no setting says otherwise. */
function published(document: Record<string, unknown>): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [setting, name] of Object.entries(endpointNames)) {
    const url = process.env[setting] ?? document[name];
    if (typeof url === "string") settings[setting] = url;
  }
  return settings;
}

/** Use the provider of `OIDC_ISSUER`, once it is known to be there and the one it should be. Throws `Fault`. */
export async function givenProvider(): Promise<Provider> {
  const asked = process.env.OIDC_ISSUER!;
  if (!URL.canParse(asked)) throw new Fault(`Cannot use OIDC_ISSUER: "${asked}" is not an address`);
  const document = await discovery(asked.replace(/\/$/, ""));
  const issuer = String(document.issuer); // some end in a slash, and tokens name them so
  if (issuer.replace(/\/$/, "") !== asked.replace(/\/$/, "")) {
    throw new Fault(`Cannot use OIDC_ISSUER: it is ${asked}, and the provider there calls itself ${issuer}`);
  }
  return {
    issuer,
    clientId: process.env.OIDC_CLIENT_ID || usualClient,
    clientSecret: process.env.OIDC_CLIENT_SECRET ?? "", // none: a public client, vouched for by PKCE alone
    audience: process.env.OIDC_AUDIENCE || usualAudience,
    endpoints: published(document),
    stop: () => Promise.resolve(),
  };
}

/** Our own provider, its people in user-service-db. */
export async function embeddedProvider(
  { publicUrl, secrets, identityUrl, usersUrl }: {
    publicUrl: string;
    secrets: Secrets;
    identityUrl: string;
    usersUrl: string;
  },
): Promise<Provider> {
  const client = { id: usualClient, secret: secrets("oidc-client") };
  const { url, stop } = await startIdentity({ publicUrl, audience: usualAudience, client, identityUrl, usersUrl });
  return {
    issuer: publicUrl + mount,
    clientId: client.id,
    clientSecret: client.secret,
    audience: usualAudience,
    embeddedUrl: url,
    endpoints: { // past the gateway, which is ourselves
      OIDC_TOKEN_URL: `${url}${mount}/protocol/openid-connect/token`,
      OIDC_JWKS_URL: `${url}${mount}/protocol/openid-connect/certs`,
      OIDC_LOGOUT_URL: `${url}${mount}/protocol/openid-connect/logout`,
    },
    stop,
  };
}

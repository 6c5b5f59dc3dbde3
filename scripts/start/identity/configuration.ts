/// <reference path="./oidc-provider.d.ts" />
import type { JWK } from "jose";
import type { Context, Grant, interactionPolicy } from "oidc-provider";
import type { Sql } from "postgres";
import type { Accounts } from "./accounts.ts";
import { show } from "./interactions.ts";
import type { Client } from "./logout.ts";
import { messagePage } from "./pages/message.ts";
import { storage } from "./storage.ts";

const day = 24 * 60 * 60;
const scope = "openid profile email";

/** The resource that access tokens are for when a client names none; their audience is `audience`. */
const api = "urn:parley:api";

export interface ProviderOptions {
  publicUrl: string;
  audience: string;
  client: Client;
  accounts: Accounts;
  sql: Sql;
  keys: { jwks: { keys: JWK[] }; cookieKeys: string[] };
  mount: string;
  policy: typeof interactionPolicy;
}

/** Our own pages are the only client, so nobody is asked for consent: whoever signs in grants it. */
async function grantOf({ oidc: { provider, client, session, result } }: Context): Promise<Grant> {
  const id = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const known = id && await provider.Grant.find(id);
  if (known) return known; // one that was revoked, because a refresh token was used twice, is made anew below
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(`${scope} offline_access`);
  grant.addResourceScope(api, scope);
  await grant.save();
  return grant;
}

/** How oidc-provider behaves like one realm of Keycloak: its paths, EdDSA, PKCE, rotating refresh tokens, our claims. */
export function configuration({ publicUrl, audience, client, accounts, sql, keys, mount, policy }: ProviderOptions) {
  const prompts = policy.base();
  prompts.add(new policy.Prompt({ name: "create", requestable: true }), 0);
  const under = (name: string) => `/protocol/openid-connect/${name}`;

  return {
    adapter: storage(sql),
    jwks: keys.jwks,
    cookies: {
      keys: keys.cookieKeys,
      names: { session: "parley-idp", interaction: "parley-idp-interaction", resume: "parley-idp-resume" },
      long: { httpOnly: true, sameSite: "lax", path: mount },
      short: { httpOnly: true, sameSite: "lax" },
    },
    clients: [{
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: [`${publicUrl}/auth/callback`],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      id_token_signed_response_alg: "EdDSA",
      token_endpoint_auth_method: "client_secret_basic",
    }],
    routes: {
      authorization: under("auth"),
      token: under("token"),
      jwks: under("certs"),
      userinfo: under("userinfo"),
    },
    responseTypes: ["code"],
    pkce: { required: () => true },
    scopes: [...scope.split(" "), "offline_access"],
    claims: {
      openid: ["sub"],
      profile: ["preferred_username", "name"],
      email: ["email", "email_verified"],
    },
    conformIdTokenClaims: false, // the ID token carries them too
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    expiresWithSession: () => false, // the refresh token has its own life, which every use renews
    ttl: {
      AccessToken: 300,
      IdToken: 300,
      AuthorizationCode: 60,
      Interaction: 60 * 60,
      RefreshToken: 30 * day,
      Session: 30 * day,
      Grant: 365 * day,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false }, // logout.ts
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope,
          audience,
          accessTokenFormat: "jwt",
          accessTokenTTL: 300,
          jwt: { sign: { alg: "EdDSA" } },
        }),
      },
    },
    interactions: {
      policy: prompts,
      url: (_: Context, { uid }: { uid: string }) => `${mount}/interaction/${uid}`,
    },
    loadExistingGrant: grantOf,
    findAccount: async (_: Context, id: string) => {
      const account = await accounts.find(id);
      return account && {
        accountId: id,
        claims: () => ({
          sub: id,
          preferred_username: account.username,
          name: account.name,
          email: account.email ?? undefined,
          email_verified: account.isVerified,
        }),
      };
    },
    extraTokenClaims: async (_: Context, { accountId }: { accountId: string }) => {
      const account = await accounts.find(accountId);
      return account && {
        preferred_username: account.username,
        name: account.name,
        ...(account.email && { email: account.email }),
      };
    },
    renderError: (ctx: Context, { error, error_description: detail }: { error: string; error_description?: string }) =>
      show(
        ctx,
        ctx.status,
        messagePage({
          title: "Signing in did not work",
          text: detail ? `The request was refused: ${detail}.` : `The request was refused: ${error}.`,
          home: publicUrl,
        }),
      ),
  };
}

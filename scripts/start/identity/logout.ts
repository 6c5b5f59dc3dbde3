/// <reference path="./oidc-provider.d.ts" />
import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import type { Middleware, Provider } from "oidc-provider";
import { readForm } from "./form.ts";

export interface Client {
  id: string;
  secret: string;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** The client's id and secret, from HTTP Basic or the form. */
function credentials(authorization: string, form: (name: string) => string): [id: string, secret: string] {
  const basic = /^Basic +(\S+)$/i.exec(authorization)?.[1];
  if (!basic) return [form("client_id"), form("client_secret")];
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":", 2);
  return [id, secret];
}

/**
 * Keycloak's direct logout: the client posts a refresh token, and the session it came from ends, with all that was
 * granted in it. 204; 401 for a wrong client; 400 for a token that is not known any more.
 */
export const directLogout = (provider: Provider, client: Client): Middleware => async (ctx, next) => {
  if (ctx.method !== "POST" || ctx.path !== "/protocol/openid-connect/logout") return await next();
  const form = await readForm(ctx.req);
  const refuse = (status: number, error: string) => {
    ctx.status = status;
    ctx.body = { error };
  };

  const [id, secret] = credentials(ctx.get("authorization"), form);
  if (!timingSafeEqual(digest(`${id} ${secret}`), digest(`${client.id} ${client.secret}`))) {
    return refuse(401, "invalid_client");
  }
  const token = await provider.RefreshToken.find(form("refresh_token"));
  if (token?.clientId !== client.id) return refuse(400, "invalid_grant");

  const { grantId, sessionUid } = token;
  const session = sessionUid === undefined ? undefined : await provider.Session.findByUid(sessionUid);
  const grant = await provider.Grant.find(grantId);
  await Promise.all([
    session?.destroy(),
    grant?.destroy(),
    provider.RefreshToken.revokeByGrantId(grantId),
    provider.AuthorizationCode.revokeByGrantId(grantId),
  ]);
  ctx.status = 204;
};

import { exportJWK, generateKeyPair, importJWK, type JWTHeaderParameters, SignJWT } from "jose";
import { createPublicKey } from "node:crypto";
import { inject } from "vitest";
import "../context.ts";

/** Access tokens that must open nothing, although each says that it is somebody whom we know. */

const encoder = new TextEncoder();
const base64url = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;
const issuer = () => inject("settings")["OIDC_ISSUER"]!;
const ours = { alg: "EdDSA", kid: "test" };

/** What a valid token of somebody says. */
const claimsOf = (sub: string) => ({ sub, iss: issuer(), aud: "parley-api", iat: seconds(0), exp: seconds(300) });

/** The private key that our issuer signs with, and the public one that everybody may read. */
const signingKey = () => importJWK(inject("signingKey"), "EdDSA");
const publicJwk = () => {
  const { kty, crv, x } = inject("signingKey");
  return { kty: kty!, crv: crv!, x: x! };
};

const sign = async (
  claims: Record<string, unknown>,
  header: JWTHeaderParameters = ours,
  key?: CryptoKey | Uint8Array,
) => await new SignJWT(claims).setProtectedHeader(header).sign(key ?? await signingKey(), { crit: { parley: true } });

/** Signed as with a secret that is the issuer's public key, in one of the shapes that it is published in. */
const confused = (sub: string, secret: string) =>
  sign(claimsOf(sub), { alg: "HS256", kid: "test" }, encoder.encode(secret.padEnd(32)));

const unsigned = (sub: string, alg: string) => `${base64url({ ...ours, alg })}.${base64url(claimsOf(sub))}.`;

/** Forged tokens by what is wrong with them; each is given the id of somebody who might have done what is asked. */
export const forgeries = {
  "another issuer's key": async (sub) => {
    const { privateKey } = await generateKeyPair("EdDSA");
    return await sign(claimsOf(sub), ours, privateKey);
  },
  "another issuer's name": (sub) => sign({ ...claimsOf(sub), iss: "https://elsewhere.example/realms/parley" }),
  "an unknown kid": (sub) => sign(claimsOf(sub), { ...ours, kid: "unknown" }),
  "its own key in its header": async (sub) => {
    const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
    return await sign(claimsOf(sub), { ...ours, jwk: await exportJWK(publicKey) }, privateKey);
  },
  "alg none": async (sub) => await unsigned(sub, "none"),
  "alg NoNe": async (sub) => await unsigned(sub, "NoNe"),
  "no signature": async (sub) => await unsigned(sub, "EdDSA"),
  "the signature of another token": async (sub) => {
    const [header, , signature] = (await sign(claimsOf(crypto.randomUUID()))).split(".");
    return [header, base64url(claimsOf(sub)), signature].join(".");
  },
  "HS256 of the public key's PEM": (sub) => {
    const key = createPublicKey({ key: publicJwk(), format: "jwk" });
    return confused(sub, String(key.export({ type: "spki", format: "pem" })));
  },
  "HS256 of the public key's JWK": (sub) => confused(sub, JSON.stringify(publicJwk())),
  "HS256 of the public key's bytes": (sub) => confused(sub, publicJwk().x),
  "another audience": (sub) => sign({ ...claimsOf(sub), aud: "another-api" }),
  "an ID token": (sub) => sign({ ...claimsOf(sub), aud: "parley-web", nonce: "n", typ: "ID" }),
  "no audience": (sub) => sign({ ...claimsOf(sub), aud: undefined }),
  "expired": (sub) => sign({ ...claimsOf(sub), exp: seconds(-60) }),
  "no end": (sub) => sign({ ...claimsOf(sub), exp: undefined }),
  "not valid yet": (sub) => sign({ ...claimsOf(sub), nbf: seconds(60) }),
  "a sub that is no UUID": (sub) => sign({ ...claimsOf(sub), sub: `${sub}' or true --` }),
  "no sub": (sub) => sign({ ...claimsOf(sub), sub: undefined }),
  "an extension we do not know": (sub) => sign(claimsOf(sub), { ...ours, crit: ["parley"], parley: 1 }),
  "no token at all": async () => await "not.a.token",
} satisfies Record<string, (sub: string) => Promise<string>>;

export type Forgery = keyof typeof forgeries;

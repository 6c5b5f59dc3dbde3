import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { listen, type Listener } from "../../../scripts/start/listen.ts";

/** An identity provider that says who is who: its keys by HTTP, its tokens by hand. */
export interface Issuer extends Listener {
  issuer: string;
  /** A token of this person's, valid for `seconds`. */
  token(userId: string, seconds: number): Promise<string>;
}

/** Run an issuer with a key of its own on a free port. Deno only. */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA");
  const keys = [{ ...await exportJWK(publicKey), alg: "EdDSA", kid: "chaos", use: "sig" }];
  const listener = listen(0, () => Response.json({ keys }));
  const issuer = `${listener.url}/realms/parley`;
  return {
    ...listener,
    issuer,
    token: (userId, seconds) =>
      new SignJWT({ preferred_username: userId })
        .setProtectedHeader({ alg: "EdDSA", kid: "chaos" })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience("parley-api")
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(privateKey),
  };
}

import { randomBytes, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { Sql } from "postgres";

/** A value that is made once; who comes second, even in the same moment, gets the first one's. */
async function kept<T>(sql: Sql, name: string, make: () => Promise<T> | T): Promise<T> {
  const read = async () => (await sql<{ value: T }[]>`select value from secrets where name = ${name}`)[0]?.value;
  const existing = await read();
  if (existing !== undefined) return existing;
  const value = sql.json(await make() as never);
  await sql`insert into secrets (name, value) values (${name}, ${value}) on conflict do nothing`;
  return (await read())!;
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  return { ...await exportJWK(privateKey), kid: randomUUID(), alg: "EdDSA", use: "sig" };
}

/** The provider's keys: Ed25519 for tokens, because verifying it costs a fraction of RS256; random bytes for cookies. */
export async function providerKeys(sql: Sql): Promise<{ jwks: { keys: JWK[] }; cookieKeys: string[] }> {
  return {
    jwks: { keys: await kept(sql, "signing-keys", async () => [await signingKey()]) },
    cookieKeys: await kept(sql, "cookie-keys", () => [randomBytes(32).toString("base64url")]),
  };
}

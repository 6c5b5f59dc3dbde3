import { Buffer } from "./buffer.ts";

/**
 * What SCRAM needs of `node:crypto`, by WebCrypto. The driver awaits each of these, so they may be promises. MD5 is not
 * among them: a server that still asks for it gets no password from us.
 */
type Bytes = Uint8Array<ArrayBuffer>;

const bytesOf = (value: string | Bytes): Bytes => typeof value === "string" ? new TextEncoder().encode(value) : value;

const digest = async (work: Promise<ArrayBuffer>) => Buffer.from(await work);

function sha256Only(algorithm: string): void {
  if (algorithm !== "sha256") throw new Error(`Cannot answer the server: it asks for ${algorithm}, not SCRAM-SHA-256`);
}

export default {
  randomBytes: (size: number) => crypto.getRandomValues(Buffer.alloc(size)),

  createHash: (algorithm: string) => ({
    update: (value: string | Bytes) => ({
      digest: () => {
        sha256Only(algorithm);
        return digest(crypto.subtle.digest("SHA-256", bytesOf(value)));
      },
    }),
  }),

  createHmac: (_: "sha256", key: Bytes) => ({
    update: (value: string | Bytes) => ({
      digest: async () => {
        const hmac = { name: "HMAC", hash: "SHA-256" };
        const imported = await crypto.subtle.importKey("raw", key, hmac, false, ["sign"]);
        return await digest(crypto.subtle.sign("HMAC", imported, bytesOf(value)));
      },
    }),
  }),

  async pbkdf2Sync(password: string, salt: Bytes, iterations: number, length: number) {
    const imported = await crypto.subtle.importKey("raw", bytesOf(password), "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
    return await digest(crypto.subtle.deriveBits(how, imported, length * 8));
  },
};

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** 256 random bits, as 43 characters that may stand in a URL or a cookie. */
export const randomSecret = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** SHA-256 of a secret in the same alphabet: what is stored, so that reading the store does not open a session. */
export const hashed = async (secret: string) =>
  base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));

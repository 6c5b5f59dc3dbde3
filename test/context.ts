/** What the global setup hands to every test: the settings of a running Parley, and the key to sign tokens with. */
declare module "vitest" {
  interface ProvidedContext {
    settings: Record<string, string>;
    signingKey: JsonWebKey;
  }
}

export {};

/// <reference path="./oidc-provider.d.ts" />

/**
 * oidc-provider, loaded when it is first needed. At import it prints that it prefers a newer Node, on every runtime but
 * that one; we test it on ours, and people cannot do anything about it.
 */
export async function library(): Promise<typeof import("oidc-provider")> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => String(words[0]).includes("Unsupported runtime") || warn(...words);
  try {
    return await import("oidc-provider");
  } finally {
    console.warn = warn;
  }
}

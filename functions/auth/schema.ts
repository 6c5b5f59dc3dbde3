import * as v from "valibot";

/** `return_to` is a path of ours; `prompt=create` opens on the page for new accounts. */
export const LoginRequest = v.object({
  return_to: v.optional(v.pipe(v.string(), v.maxLength(2000)), "/"),
  prompt: v.optional(v.picklist(["create"])),
});

/** What the identity provider sends back with the browser. */
export const Callback = v.object({
  code: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,4096}$/))),
  state: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/))),
  error: v.optional(v.string()),
});

/** What the login cookie holds, for its browser to bring back. */
export const Begun = v.object({ state: v.string(), nonce: v.string(), codeVerifier: v.string(), returnTo: v.string() });

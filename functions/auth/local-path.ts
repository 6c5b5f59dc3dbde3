import { publicOrigin } from "../lib/origin.ts";

/** The same path on our own origin, or `/` for anything that leads elsewhere, be it only after normalising. */
export function localPath(returnTo: unknown): string {
  const origin = publicOrigin();
  if (typeof returnTo !== "string" || !returnTo.startsWith("/") || !URL.canParse(returnTo, origin)) return "/";
  const url = new URL(returnTo, origin);
  const path = url.pathname + url.search + url.hash;
  return url.origin === origin && !path.startsWith("//") ? path : "/";
}

import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import { isSecure } from "./origin.ts";

/** `__Host-` binds a cookie to our host and to TLS; browsers refuse it on http://localhost, where the plain name stands. */
const cookieName = (name: string) => (isSecure() ? "__Host-" : "") + name;

/** What our two lasting cookies are called, without the prefix. */
export const cookies = { access: "parley-access", session: "parley-session" } as const;

/** Holds the access token (JWT, at most 5 minutes). */
export const accessCookie = () => cookieName(cookies.access);

/** Holds the opaque session handle that `auth/refresh` exchanges. */
export const sessionCookie = () => cookieName(cookies.session);

/** Holds what one sign-in under way must prove when it returns; one per `state`, so that two tabs do not collide. */
export const loginCookie = (state: string) => cookieName(`parley-login-${state}`);

const options = (sameSite: "Strict" | "Lax"): CookieOptions => ({
  path: "/",
  httpOnly: true,
  secure: isSecure(),
  sameSite,
});

/** Set a cookie that no script can read. `Lax` only for what must come back from the identity provider's site. */
export function keep(
  c: Context,
  name: string,
  value: string,
  maxAgeSeconds: number,
  sameSite: "Strict" | "Lax" = "Strict",
) {
  setCookie(c, name, value, { ...options(sameSite), maxAge: maxAgeSeconds });
}

/** Drop a cookie. */
export const drop = (c: Context, name: string) => deleteCookie(c, name, { path: "/", secure: isSecure() });

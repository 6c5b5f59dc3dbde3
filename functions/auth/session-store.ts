import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { sessionCookie } from "../lib/cookies.ts";
import { problem } from "../lib/problem.ts";
import type { Redis } from "../lib/redis.ts";
import { hashed, randomSecret } from "../lib/secret.ts";
import { step } from "../lib/step.ts";

/**
 * A signed-in browser: the refresh token, kept in Redis under a hash of the session's id. The cookie holds
 * `<id>.<handle>`; the handle changes at every refresh, so that an old cookie is recognised as stolen or stale.
 */
export interface Session {
  refreshToken: string;
  /** SHA-256 of the handle that is valid now. */
  handle: string;
}

/** How long a session lives without a refresh, in seconds: 14 days, the provider's own limit for refresh tokens. */
export const sessionSeconds = 14 * 86_400;

/** How long one refresh may take before another one may try, in milliseconds. */
const lockMs = 10_000;

const keyOf = async (id: string) => `session:${await hashed(id)}`;

/** The two parts of a session cookie, or null when it was not made here. */
export function parseSession(cookie: string | undefined): { id: string; handle: string } | null {
  const [, id, handle] = /^([\w-]{43})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
  return id && handle ? { id, handle } : null;
}

/** Store a refresh token under `id` and a new handle. Gives the cookie's value. */
export async function saveSession(redis: Redis, id: string, refreshToken: string): Promise<string> {
  const handle = randomSecret();
  const session: Session = { refreshToken, handle: await hashed(handle) };
  await redis.command("SET", await keyOf(id), JSON.stringify(session), "EX", sessionSeconds);
  return `${id}.${handle}`;
}

/** The session of this id, or null when it has ended. */
export async function loadSession(redis: Redis, id: string): Promise<Session | null> {
  const stored = await redis.command("GET", await keyOf(id));
  return typeof stored === "string" ? JSON.parse(stored) as Session : null;
}

/** Forget a session. */
export const endSession = async (redis: Redis, id: string): Promise<unknown> => redis.command("DEL", await keyOf(id));

/** Run `work` while no other request refreshes this session; null when one does. */
export async function whileLocked<T>(redis: Redis, id: string, work: () => Promise<T>): Promise<T | null> {
  const lock = `${await keyOf(id)}:lock`;
  if (await redis.command("SET", lock, "1", "NX", "PX", lockMs) !== "OK") return null;
  try {
    return await work();
  } finally {
    await redis.command("DEL", lock);
  }
}

/** Let only browsers pass that hold a session cookie, valid or not. Throws `not-signed-in`. */
export const cookieRequired: MiddlewareHandler = step(
  { shows: "session", problems: () => ["not-signed-in"] },
  async (c, next) => {
    if (!getCookie(c, sessionCookie())) throw problem("not-signed-in");
    await next();
  },
);

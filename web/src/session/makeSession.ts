import { RequestFailed } from "../api/RequestFailed.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import { makePause } from "../time/makePause.ts";
import type { Lock } from "./Lock.ts";

export interface SessionParts {
  fetch: typeof fetch;
  clock: Clock;
  lock: Lock;
  /** When some tab last refreshed the session, shared among tabs. */
  refreshedAt: { get(): number; set(at: number): void };
  /** The server says that nobody is signed in any more. */
  onEnded(): void;
  baseUrl?: string;
}

/** Longer than this, in milliseconds, and no answer will come; a stream brings a signal of its own. */
const answerMs = 30_000;

/** How often a refresh is tried on one request's behalf before that request fails (and whoever made it tries later). */
const maxTries = 5;

/**
 * Requests on behalf of whoever is signed in. An access token lives five minutes at most, so a 401 is everyday: refresh
 * once, however many requests and tabs ask for it, and send the request again. Only a refresh answered with 401 means
 * signed out; silence and 5xx never do.
 */
export function makeSession(parts: SessionParts) {
  const { clock, refreshedAt, baseUrl = "" } = parts;
  const pause = makePause(clock);
  let refreshing: Promise<boolean> | undefined;

  const send: typeof fetch = async (input, init) => {
    try {
      return await parts.fetch(input, init);
    } catch (error) {
      if ((error as Error).name === "AbortError") throw error; // the caller's own wish
      throw new RequestFailed(null);
    }
  };

  async function exchange(): Promise<boolean> {
    for (let tries = 1;; tries++) {
      const response = await send(`${baseUrl}/auth/refresh`, {
        method: "POST",
        headers: { "x-parley": "1" },
        signal: AbortSignal.timeout(answerMs),
      });
      if (response.ok) {
        refreshedAt.set(clock.now());
        return true;
      }
      if (response.status === 401) {
        parts.onEnded();
        return false;
      }
      const failure = await RequestFailed.of(response);
      const isWorthWaiting = failure.isTransient || failure.status === 409; // 409: another tab is at it
      if (!isWorthWaiting || tries === maxTries) throw failure;
      await pause.for(failure.retryAfterMs ?? backoff(tries, { base: 150 }));
    }
  }

  /** Whether there is a session newer than `since`. One exchange at a time, and none if somebody was faster. */
  function refresh(since: number): Promise<boolean> {
    refreshing ??= parts.lock("parley-refresh", () => {
      return refreshedAt.get() > since ? Promise.resolve(true) : exchange();
    }).finally(() => refreshing = undefined);
    return refreshing;
  }

  /** `fetch` with our CSRF header, and the one retry after a refresh. Throws `RequestFailed` when no answer comes. */
  const authorized: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("x-parley", "1");
    const attempt = () => send(input, { signal: AbortSignal.timeout(answerMs), ...init, headers });

    const startedAt = clock.now();
    const response = await attempt();
    if (response.status !== 401 || !(await refresh(startedAt))) return response;
    return attempt();
  };

  return { fetch: authorized };
}

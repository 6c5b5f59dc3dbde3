import { setTimeout as sleep } from "node:timers/promises";
import { notSentHeader } from "../house/router.ts";
import type { Pending } from "../history.ts";
import type { Random } from "../random.ts";
import type { Counts } from "./counts.ts";

/** Longer than this, in milliseconds, and a client takes a request for unanswered. Shorter than most pauses. */
export const answerMs = 3_000;

export interface Answer {
  status: number;
  body: unknown;
}

interface AskParts {
  fetch: typeof fetch;
  token: string;
  random: Random;
  counts: Counts;
  /** Aborts when nobody wants an answer any more. */
  over: AbortSignal;
}

/** Whether the server says that it may do later what it did not do now. */
export const isForLater = (status: number): boolean => status >= 500 || status === 408 || status === 429;

/** A fetch by this person that gives up after `answerMs`, but for streams. */
export const authorized = (fetch: typeof globalThis.fetch, token: string): typeof globalThis.fetch => (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set("authorization", `Bearer ${token}`);
  const signals = [init?.signal, `${input}`.endsWith("/api/events") ? null : AbortSignal.timeout(answerMs)];
  const signal = AbortSignal.any(signals.filter((one) => one !== null && one !== undefined));
  return fetch(input, { ...init, headers, signal });
};

/** Requests of one person, each made until it is answered. */
export function makeAsk({ fetch, token, random, counts, over }: AskParts) {
  const send = authorized(fetch, token);

  async function once(method: string, path: string, wish: unknown, pending?: Pending): Promise<Answer | null> {
    try {
      const json = wish === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(wish) };
      const response = await send(path, { method, ...json, signal: over });
      const text = await response.text();
      if (!isForLater(response.status)) {
        return { status: response.status, body: text === "" ? null : JSON.parse(text) };
      }
      if (response.status !== 429 && !response.headers.has(notSentHeader)) pending?.unanswered();
    } catch {
      pending?.unanswered();
    }
    return null;
  }

  /** Ask until there is an answer of any kind; null when it is over. `pending` is told of tries without one. */
  return async function ask(method: string, path: string, wish?: unknown, pending?: Pending): Promise<Answer | null> {
    for (let failures = 0; !over.aborted; failures++) {
      const answer = await once(method, path, wish, pending);
      if (answer) return answer;
      counts.retries++;
      await sleep(random.int(50, 100) * 2 ** Math.min(failures, 4));
    }
    return null;
  };
}

export type Ask = ReturnType<typeof makeAsk>;

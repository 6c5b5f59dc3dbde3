import { setTimeout as sleep } from "node:timers/promises";
import { describe } from "../../functions/lib/fn.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { must } from "./checks.ts";
import { coldMsOf, type Journal } from "./journal.ts";
import type { Visitor } from "./sign-in/visitor.ts";

/** What is asked of an operation: parts of its path, a query, a body. */
export interface Wish {
  param?: Record<string, string>;
  query?: Record<string, string>;
  json?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  headers: Headers;
  // deno-lint-ignore no-explicit-any -- whatever a deployed Parley answers; each check looks at what it needs
  body: any;
  ms: number;
}

/** How often a request is sent again because the edge says that we are too fast. */
const maxTries = 8;

const isJson = (headers: Headers) => /^application\/(problem\+)?json/.test(headers.get("content-type") ?? "");

/** Somebody who asks operations as the web client would; each answer is put into the journal. */
export function makePerson({ base, visitor, journal }: { base: URL; visitor: Visitor; journal: Journal }) {
  async function send(operation: FunctionName, { param = {}, query = {}, json, headers, signal }: Wish) {
    const { method, path } = describe(functions[operation]);
    const url = new URL(path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(param[name] ?? "")), base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const startedAt = performance.now();
    const response = await visitor.send(url, {
      method,
      headers: {
        accept: "application/json",
        ...(method !== "GET" && { "x-parley": "1", origin: base.origin }),
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(signal && { signal }),
    });
    return { response, startedAt };
  }

  const put = (operation: FunctionName, { status, headers }: Response, ms: number) =>
    journal.add({ operation, status, ms, coldMs: coldMsOf(headers.get("server-timing")) });

  /** One answer, whatever it says. Waits when we are too fast, and refreshes the session once when it must. */
  async function ask(operation: FunctionName, wish: Wish = {}): Promise<Answer> {
    for (let tries = 1, isRefreshed = false;; tries++) {
      const { response, startedAt } = await send(operation, wish);
      const text = await response.text();
      const { status, headers } = response;
      if (status === 429 && tries < maxTries) {
        await sleep(1000 * Math.min(Number(headers.get("retry-after")) || 1, 60));
        continue;
      }
      const ms = performance.now() - startedAt;
      put(operation, response, ms);
      if (status === 401 && !isRefreshed && operation !== "auth/refresh") {
        isRefreshed = true;
        if ((await ask("auth/refresh")).status === 200) continue;
      }
      return { status, headers, ms, body: isJson(headers) ? JSON.parse(text) : text };
    }
  }

  return {
    ask,
    /** The body of an answer with this status; anything else fails the check. */
    async call(operation: FunctionName, wish: Wish = {}, ...expected: number[]): Promise<Answer> {
      const answer = await ask(operation, wish);
      const isGood = expected.length > 0 ? expected.includes(answer.status) : answer.status < 300;
      const said = answer.body?.detail ?? answer.body?.title ?? "";
      must(isGood, `${operation} answered ${answer.status} ${said}, not ${expected.join(" or ") || "2xx"}`);
      return answer;
    },
    /** Open the stream of events; read its body as it comes. */
    async open(signal: AbortSignal): Promise<Response> {
      const operation = "chat/stream-events";
      let { response, startedAt } = await send(operation, { headers: { accept: "text/event-stream" }, signal });
      if (response.status === 401 && (await ask("auth/refresh")).status === 200) {
        ({ response, startedAt } = await send(operation, { headers: { accept: "text/event-stream" }, signal }));
      }
      put(operation, response, performance.now() - startedAt);
      must(response.ok && response.body, `${operation} answered ${response.status}`);
      return response;
    },
  };
}

export type Person = ReturnType<typeof makePerson>;

/** How long any answer may take, in milliseconds: a cold start of everything, and then some. */
const answerMs = 60_000;

/** More redirects than this in a row lead nowhere. */
const maxRedirects = 15;

interface Cookie {
  host: string;
  path: string;
  name: string;
  value: string;
  isSecure: boolean;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams;
  signal?: AbortSignal;
}

export interface Page {
  url: URL;
  response: Response;
  text: string;
}

function cookieOf(line: string, url: URL): Cookie & { isGone: boolean } {
  const [, name = "", value = ""] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
  const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? "/";
  const expires = /;\s*expires=([^;]+)/i.exec(line)?.[1];
  const isGone = /;\s*max-age=0*(;|$)/i.test(line) || (expires !== undefined && Date.parse(expires) <= Date.now());
  return { host: url.hostname, path, name, value, isSecure: /;\s*secure/i.test(line), isGone };
}

/** A browser as far as signing in and asking need one: cookies by host and path, redirects one after the other. */
export function makeVisitor() {
  const cookies = new Map<string, Cookie>();
  const lines: string[] = [];
  const passed: { pathname: string; response: Response; ms: number }[] = [];

  const sends = ({ hostname, pathname, protocol }: URL) =>
    [...cookies.values()].filter(({ host, path, isSecure }) =>
      host === hostname && pathname.startsWith(path) && (!isSecure || protocol === "https:" || host === "localhost")
    ).map(({ name, value }) => `${name}=${value}`).join("; ");

  /** One request; redirects are not followed. */
  async function send(url: URL, { headers = {}, signal, ...init }: Asked = {}): Promise<Response> {
    const cookie = sends(url);
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { "user-agent": "parley-verify", ...headers, ...(cookie && { cookie }) },
      signal: signal ?? AbortSignal.timeout(answerMs),
    });
    for (const line of response.headers.getSetCookie()) {
      lines.push(line);
      const { isGone, ...cookie } = cookieOf(line, url);
      const key = [cookie.host, cookie.path, cookie.name].join(" ");
      if (isGone || cookie.value === "") cookies.delete(key);
      else cookies.set(key, cookie);
    }
    return response;
  }

  /** Open a page as a person does, or send a form, and follow to where it ends. */
  async function open(start: URL, form?: URLSearchParams): Promise<Page> {
    let url = start, body = form;
    for (let i = 0; i < maxRedirects; i++) {
      const startedAt = performance.now();
      const response = await send(url, {
        method: body ? "POST" : "GET",
        headers: { accept: "text/html,*/*;q=0.8", "sec-fetch-mode": "navigate", ...(body && { origin: url.origin }) },
        ...(body && { body }),
      });
      passed.push({ pathname: url.pathname, response, ms: performance.now() - startedAt });
      const location = response.headers.get("location");
      const text = await response.text();
      if (!location || response.status < 300 || response.status > 399) return { url, response, text };
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error(`more than ${maxRedirects} redirects from ${start.href}`);
  }

  return {
    send,
    open,
    /** Every `Set-Cookie` so far. */
    lines,
    /** The pages that were opened, and after how long they answered. */
    passed,
  };
}

export type Visitor = ReturnType<typeof makeVisitor>;

import { createHash, randomBytes } from "node:crypto";

/** A browser as far as signing in needs one: it keeps cookies per path and stops at every redirect. */
export class Browser {
  private cookies = new Map<string, { value: string; path: string }>();

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const { pathname } = new URL(url);
    const sent = [...this.cookies].filter(([, { path }]) => pathname.startsWith(path)).map(([name, { value }]) =>
      `${name}=${value}`
    );
    const res = await fetch(url, {
      redirect: "manual",
      headers: { cookie: sent.join("; "), accept: "text/html" },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const line of res.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      const path = /; *path=([^;]+)/i.exec(line)?.[1] ?? "/";
      if (value) this.cookies.set(name!, { value, path });
      else this.cookies.delete(name!);
    }
    return res;
  }

  /** Follow redirects on `base`'s paths, until a page or an address elsewhere. */
  async follow(url: string, base: string): Promise<{ url: string; res: Response | undefined }> {
    for (let at = url;;) {
      const next = new URL(at);
      if (!next.pathname.startsWith("/realms/")) return { url: at, res: undefined };
      at = base + next.pathname + next.search;
      const res = await this.go(at);
      const location = res.headers.get("location");
      if (!location) return { url: at, res };
      at = new URL(location, at).href;
    }
  }
}

/** The pair that PKCE wants. */
export function pkce() {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

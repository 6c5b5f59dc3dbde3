/** A browser as far as our own API needs one: cookies by name and path, redirects one by one, the headers of our pages. */
export class Browsing {
  private cookies = new Map<string, { value: string; path: string }>();

  constructor(private base: string) {}

  /** What the browser would send to this path. */
  sends(path: string): string {
    return [...this.cookies].filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`).join("; ");
  }

  /** The value of a cookie, or nothing. */
  cookie(name: string): string | undefined {
    return this.cookies.get(name)?.value;
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, { value, path: "/" });
  }

  /** One request, redirects not followed. Changes carry what our pages send: `X-Parley` and `Origin`. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.base);
    const isForm = init.body instanceof URLSearchParams;
    const res = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: {
        cookie: this.sends(url.pathname),
        ...(init.method && init.method !== "GET" && !isForm && { "x-parley": "1", origin: new URL(this.base).origin }),
        ...init.headers,
      },
    });
    for (const line of res.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      const path = /; *path=([^;]+)/i.exec(line)?.[1] ?? "/";
      if (value && !/; *max-age=0/i.test(line)) this.cookies.set(name!, { value, path });
      else this.cookies.delete(name!);
    }
    return res;
  }

  /** Follow redirects to where they end, at most ten. */
  async follow(path: string): Promise<{ url: URL; res: Response }> {
    let url = new URL(path, this.base);
    for (let i = 0; i < 10; i++) {
      const res = await this.ask(url.pathname + url.search, { headers: { accept: "text/html" } });
      const location = res.headers.get("location");
      if (!location) return { url, res };
      url = new URL(location, url);
    }
    throw new Error(`Too many redirects from ${path}`);
  }

  /** Make an account through the provider's own page, and come back signed in. Gives where that was. */
  async signUp(username: string, returnTo = "/"): Promise<URL> {
    const page = await this.follow(`/auth/login?prompt=create&return_to=${encodeURIComponent(returnTo)}`);
    const body = new URLSearchParams({
      username,
      email: `${username}@example.org`,
      displayName: username,
      password: "correct horse battery",
    });
    const res = await this.ask(`${page.url.pathname.replace(/\/sign-up$/, "")}/sign-up`, { method: "POST", body });
    const location = res.headers.get("location");
    if (!location) throw new Error(`Cannot sign up: ${res.status} ${await res.text()}`);
    return (await this.follow(location)).url;
  }
}

import { must, Skip, type Try } from "../checks.ts";

/** Half a year, in seconds: less than this protects nobody who comes now and then. */
const leastHsts = 15_552_000;

/** What a browser is told to refuse, and what it must keep from scripts and other sites. */
export async function headers(check: Try, base: URL, cookieLines: readonly string[]): Promise<void> {
  const isSecure = base.protocol === "https:";
  const ask = async (path: string, accept: string) => {
    const response = await fetch(new URL(path, base), {
      headers: { accept },
      redirect: "manual",
      signal: AbortSignal.timeout(60_000),
    });
    await response.body?.cancel();
    return response.headers;
  };

  await check("nothing but our own files may run on a page, and nobody may frame it", async () => {
    const policy = (await ask("/", "text/html")).get("content-security-policy") ?? "";
    must(policy, "there is no Content-Security-Policy");
    must(/(^|;)\s*default-src '(self|none)'/.test(policy), `default-src is neither 'self' nor 'none': ${policy}`);
    must(/(^|;)\s*frame-ancestors 'none'/.test(policy), `frame-ancestors is not 'none': ${policy}`);
    must(!/'unsafe-(inline|eval)'/.test(policy), `it lets anything run: ${policy}`);
  });

  await check("no answer is taken for another type than it says", async () => {
    must((await ask("/", "text/html")).get("x-content-type-options") === "nosniff", "a page lacks nosniff");
    if (!isSecure) return "pages; answers of the API get it from an edge that speaks TLS";
    must(
      (await ask("/api/me", "*/*")).get("x-content-type-options") === "nosniff",
      "an answer of the API lacks nosniff",
    );
  });

  await check("browsers come back by TLS only", async () => {
    if (!isSecure) throw new Skip("no TLS");
    const seconds = Number(
      /max-age=(\d+)/.exec((await ask("/", "text/html")).get("strict-transport-security") ?? "")?.[1],
    );
    must(seconds >= leastHsts, `Strict-Transport-Security says ${seconds || "nothing"}`);
  });

  await check("cookies are out of reach for scripts and other sites", () => {
    const ours = cookieLines.filter((line) => /^(__Host-)?parley-(access|session)=[^;]/.test(line));
    must(ours.length >= 2, "no session cookie was ever set");
    for (const line of ours) {
      const [name] = line.split("=");
      for (const flag of ["HttpOnly", "SameSite=Strict", "Path=/", ...(isSecure ? ["Secure"] : [])]) {
        must(new RegExp(`;\\s*${flag}\\s*(;|$)`, "i").test(line), `${name} lacks ${flag}`);
      }
      must(!isSecure || line.startsWith("__Host-"), `${name} is not bound to this host (__Host-)`);
    }
    return Promise.resolve();
  });
}

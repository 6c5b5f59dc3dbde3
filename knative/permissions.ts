import type { Need } from "../functions/lib/needs.ts";

/** What any function may read beside its needs' settings: its own name, which Knative puts there. */
const always = ["K_SERVICE"];

/** Settings that name our own public address: read to compare, never called. */
const ourselves = new Set(["PUBLIC_URL"]);

/** The host and port of a URL, as Deno wants to have them. */
function hostOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const usual: Record<string, string> = { "postgres:": "5432", "https:": "443", "http:": "80" };
  return `${hostname}:${port || usual[protocol]}`;
}

/**
 * The least permissions of one function, as flags of `deno serve`: it listens, reads its needs' settings, and reaches
 * the hosts that those settings name. No files, no subprocess; any other variable looks absent (the Postgres driver asks
 * for a dozen). `settings` holds their values.
 */
export function denoPermissions(needs: readonly Need[], settings: Record<string, string | undefined>): string[] {
  const names = [...new Set([...always, ...needs.flatMap((need) => need.settings)])].sort();
  const urls = names.filter((name) => /_(URL|ISSUER)$/.test(name) && !ourselves.has(name))
    .flatMap((name) => settings[name] ?? []);
  const hosts = [...new Set(urls.map(hostOf))].sort();
  return ["--ignore-env", `--allow-env=${names.join()}`, ...(hosts.length > 0 ? [`--allow-net=${hosts.join()}`] : [])];
}

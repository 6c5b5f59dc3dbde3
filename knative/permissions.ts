import type { Need } from "../functions/lib/needs.ts";

/** What any function may read beside its needs' settings: its own name, which Knative puts there. */
const always = ["K_SERVICE"];

/** Settings that name our own public address: read to compare, never called. */
const ourselves = new Set(["PUBLIC_URL"]);

/** The host and port of a URL, as Deno wants to have them. */
function hostOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const usual: Record<string, string> = {
    "postgres:": "5432",
    "redis:": "6379",
    "rediss:": "6379",
    "https:": "443",
    "http:": "80",
  };
  return `${hostname}:${port || usual[protocol]}`;
}

/**
 * The least permissions of one function, as flags of Deno: it listens, reads its needs' settings, and reaches the hosts
 * that those settings name. No files, no subprocess; any other variable looks absent (the Postgres driver asks for a
 * dozen). `settings` holds their values. `deno serve` may always listen; under `deno run` the address is `listensOn`.
 */
export function denoPermissions(
  needs: readonly Pick<Need, "settings">[],
  settings: Record<string, string | undefined>,
  listensOn?: string,
): string[] {
  const ownPort = listensOn === undefined ? [] : ["PORT"];
  const names = [...new Set([...always, ...ownPort, ...needs.flatMap((need) => need.settings)])].sort();
  const urls = names.filter((name) => /_(URL|ISSUER)$/.test(name) && !ourselves.has(name))
    .flatMap((name) => settings[name] ?? []);
  const hosts = [...new Set([...(listensOn ? [listensOn] : []), ...urls.map(hostOf)])].sort();
  return ["--ignore-env", `--allow-env=${names.join()}`, ...(hosts.length > 0 ? [`--allow-net=${hosts.join()}`] : [])];
}

import process from "node:process";
import { Fault } from "../start/fault.ts";
import { readFlags } from "../start/flags.ts";

/** Somebody whom the identity provider knows already. */
export interface Credentials {
  username: string;
  password: string;
}

/** What to verify, and how thoroughly. */
export interface Options {
  url: URL;
  /** Two people to talk as; none when two are to be made, which only the embedded provider lets us. */
  people: [Credentials, Credentials] | undefined;
  /** Warm calls of each operation. */
  samples: number;
  /** How long to wait until no pod is left, in minutes; 0 leaves the cluster unasked. */
  idleMinutes: number;
  /** Where the functions' Knative Services are. */
  namespace: string;
  /** Where to write the report as JSON. */
  json: string | undefined;
}

/** What `--help` prints. */
export const usage = `npm run verify -- --url <url> [options]

  --url <url>               a Parley that runs: https://chat.example.org, http://localhost:8080
  --user <name:password>    somebody to talk as, twice; without, two people are signed up and deactivated again
                            (VERIFY_USER_1, VERIFY_USER_2; needed with Keycloak)
  --samples <number>        warm calls of each operation (20; from 40 on, its own rate limits slow it down)
  --idle-minutes <number>   with kubectl: how long to wait until no pod is left (5; 0, which is never, on this machine)
  --namespace <name>        with kubectl: where the functions are (app)
  --json <path>             write the report there, too

  DENO_CERT=<path>          a certificate authority to trust, for a Parley whose certificate is its own`;

const flags = {
  url: { type: "string" },
  user: { type: "string", multiple: true },
  samples: { type: "string" },
  "idle-minutes": { type: "string" },
  namespace: { type: "string" },
  json: { type: "string" },
  help: { type: "boolean" },
} as const;

function credentials(text: string): Credentials {
  const [, username, password] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (!username || !password) throw new Fault("Cannot verify: --user must look like ada:her-password");
  return { username, password };
}

function count(name: string, text: string, least: number): number {
  if (/^\d{1,4}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Fault(`Cannot verify: --${name} must be a number from ${least}, not "${text}"`);
}

const isHere = ({ hostname }: URL) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/** Read the options, or `"help"` when that was asked for. Throws `Fault` for what nobody knows. */
export function readOptions(args: string[], env: Record<string, string | undefined> = process.env): Options | "help" {
  const given = readFlags(args, flags, { doing: "verify", command: "npm run verify" });
  if (given.help) return "help";
  if (!given.url || !/^https?:\/\/./.test(given.url) || !URL.canParse(given.url)) {
    throw new Fault("Cannot verify: say where Parley is, with --url https://chat.example.org");
  }
  const url = new URL(given.url);
  const users = (given.user ?? [env.VERIFY_USER_1, env.VERIFY_USER_2].filter((user) => user)) as string[];
  const [one, other, ...more] = users.map(credentials);
  if (more.length > 0 || (one && !other) || (one && one.username === other?.username)) {
    throw new Fault("Cannot verify: a conversation takes two people, so give --user twice or not at all");
  }
  return {
    url,
    people: one && other ? [one, other] : undefined,
    samples: count("samples", given.samples ?? "20", 1),
    idleMinutes: count("idle-minutes", given["idle-minutes"] ?? (isHere(url) ? "0" : "5"), 0),
    namespace: given.namespace ?? "app",
    json: given.json,
  };
}

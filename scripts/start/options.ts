import path from "node:path";
import process from "node:process";
import { Fault } from "./fault.ts";
import { readFlags } from "./flags.ts";

/** How to start, from flags, else from the environment. */
export interface Options {
  port: number;
  dataDir: string;
  /** Fill an empty Parley with people who talk. */
  isDemo: boolean;
  /** Build the web client again whenever its sources change. */
  isDev: boolean;
  /** Where people reach us, without a slash at the end. */
  publicUrl: string;
}

/** What `--help` prints. */
export const usage = `npm start -- [options]

  --port <number>      where to listen on this machine (PORT, 8080)
  --data-dir <path>    where everything is kept (DATA_DIR, .data)
  --demo               two users and a talking room (DEMO=1)
  --dev                build the web client again whenever it changes

  DATABASE_URL         a Postgres 18 to use instead of the embedded one
  REDIS_URL            a Redis or Valkey to use
  OIDC_ISSUER          a Keycloak realm, or any OpenID provider, with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET
  PUBLIC_URL           where people reach us (http://localhost:<port>)`;

const flags = {
  port: { type: "string" },
  "data-dir": { type: "string" },
  demo: { type: "boolean" },
  dev: { type: "boolean" },
  help: { type: "boolean" },
} as const;

function origin(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new Fault(`Cannot start: PUBLIC_URL must look like https://chat.example.org, not "${text}"`);
}

/** Read the options, or `"help"` when that was asked for. Throws `Fault` for what nobody knows. */
export function readOptions(args: string[], env = process.env, cwd = process.cwd()): Options | "help" {
  const given = readFlags(args, flags, { doing: "start", command: "npm start" });
  if (given.help) return "help";
  const portText = given.port ?? env.PORT ?? "8080";
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port < 1 || port > 65_535) {
    throw new Fault(`Cannot start: --port must be a number from 1 to 65535, not "${portText}"`);
  }
  const isDemo = given.demo ?? env.DEMO === "1";
  if (isDemo && env.OIDC_ISSUER) throw new Fault("Cannot start: --demo makes its own people, so leave OIDC_ISSUER out");
  return {
    port,
    dataDir: path.resolve(cwd, given["data-dir"] || env.DATA_DIR || ".data"),
    isDemo,
    isDev: given.dev ?? false,
    publicUrl: origin(env.PUBLIC_URL || `http://localhost:${port}`),
  };
}

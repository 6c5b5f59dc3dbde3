import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const house = fileURLToPath(new URL("../../..", import.meta.url));

/** Settings of whoever runs the tests must not reach what they start. */
const overrides =
  /^(DATABASE_URL|CHAT_DATABASE_URL|USER_DATABASE_URL|IDENTITY_DATABASE_URL|REDIS_URL|OIDC_|UPSTASH_|PUBLIC_URL|npm_|PORT$|DEMO$)/;

export interface Launched {
  pid: number;
  /** Everything it said. */
  output: () => string;
  /** Resolves when the banner is complete; rejects when it ends before. */
  up: Promise<void>;
  /** Resolves with exit code and how long it took from start to end, in milliseconds. */
  ended: Promise<{ code: number | null; output: string }>;
  kill: (signal: NodeJS.Signals) => void;
}

function launch(program: string, args: string[], env: Record<string, string>): Launched {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !overrides.test(name)));
  const child = spawn(program, args, { cwd: house, env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => output += text);
  const ended = new Promise<{ code: number | null; output: string }>((done) =>
    child.once("close", (code) => done({ code, output }))
  );
  const up = (async () => {
    while (!output.includes("Ctrl-C stops")) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended: ${output}`);
      await sleep(20);
    }
  })();
  up.catch(() => {}); // whoever waits for the end does not wait for this
  return { pid: child.pid!, output: () => output, up, ended, kill: (signal) => void child.kill(signal) };
}

/** `npm start -- args`, as npm would run it, without npm. */
export const start = (args: string[], env: Record<string, string> = {}): Launched =>
  launch(path.join(house, "node_modules/.bin/deno"), ["run", "-A", "--quiet", "scripts/start.ts", ...args], env);

/** `npm start -- args` by npm itself. */
export const npmStart = (args: string[]): Launched => launch("npm", ["start", "--", ...args], {});

/** Whether a process runs; one that ended and was not waited for yet does not. */
export function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

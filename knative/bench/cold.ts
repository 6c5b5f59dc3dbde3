import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/start/ports.ts";

/**
 * One cold start: from spawning the process to its first answer in milliseconds, and its memory at rest in MB: all that
 * is resident, and of that what is its own, not pages of Deno's file that all processes of a node share.
 */
export interface Start {
  ms: number;
  rssMb: number;
  ownMb: number;
}

/** How to run something on a port, and what to ask it first. */
export interface Contender {
  name: string;
  command: (port: number) => { program: string; args: string[]; env: Record<string, string> };
  ask: () => Promise<{ path: string; init?: RequestInit; isRight: (status: number) => boolean }>;
}

/** At rest: what its first answer left to do is done. */
const restMs = 150;

async function reachable(port: number, ended: () => boolean): Promise<void> {
  while (!ended()) {
    try {
      return (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    } catch {
      await sleep(1);
    }
  }
  throw new Error("it ended");
}

function memoryOf(pid: number) {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const mb = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)![1]) / 1024;
  return { rssMb: mb("VmRSS"), ownMb: mb("RssAnon") };
}

/** Start one contender cold, once. Throws when it answers wrongly. */
export async function coldStart({ name, command, ask }: Contender): Promise<Start> {
  const port = await freePort();
  const { path, init = {}, isRight } = await ask();
  const { program, args, env } = command(port);
  let hasEnded = false;
  const startedAt = performance.now();
  const child = new Deno.Command(program, { args, env, clearEnv: true, stdout: "null", stderr: "null" }).spawn();
  void child.status.then(() => hasEnded = true);
  try {
    await reachable(port, () => hasEnded);
    const res = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const ms = performance.now() - startedAt;
    await res.body?.cancel();
    if (!isRight(res.status)) throw new Error(`it answers ${res.status}`);
    await sleep(restMs);
    return { ms, ...memoryOf(child.pid) };
  } catch (error) {
    throw new Error(`Cannot measure ${name}: ${(error as Error).message}`, { cause: error });
  } finally {
    if (!hasEnded) child.kill("SIGKILL");
    await child.status;
  }
}

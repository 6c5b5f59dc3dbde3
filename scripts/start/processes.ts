import { type ChildProcess, execFileSync, spawn, type SpawnOptions } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

/** How many of a child's last characters are kept to explain its end. */
const tailLength = 4_000;

/** A child with the end of what it said, and a promise of its end that never rejects. */
export interface Child {
  pid: number;
  /** The last few thousand characters of its stdout and stderr. */
  tail: () => string;
  /** Resolves with the exit code, or null after a signal. */
  exited: Promise<number | null>;
  kill: (signal: NodeJS.Signals) => void;
  /** Called with each piece of stderr and stdout. */
  onOutput: (listen: (text: string) => void) => void;
}

/** Not by the child's own `kill`, which on Deno does nothing any more once it has sent a signal, whichever it was. */
function send({ pid, exitCode, signalCode }: ChildProcess, name: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null && signalCode === null) signal(pid, name);
}

function watch(child: ChildProcess): Omit<Child, "pid"> {
  let said = "";
  const listeners: ((text: string) => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-tailLength);
      for (const listen of listeners) listen(text);
    });
  }
  return {
    tail: () => said,
    exited: new Promise((ended) => child.once("exit", (code) => ended(code)).once("error", () => ended(-1))),
    kill: (name) => send(child, name),
    onOutput: (listen) => void listeners.push(listen),
  };
}

const running = new Set<ChildProcess>();

/** End every child at once, by force: for when nobody wants to wait. Postgres and Redis replay their logs. */
export function killChildren(): void {
  for (const child of running) send(child, "SIGKILL");
}

type Options = SpawnOptions & { input?: string };

/**
 * Runs the program in its own place, beside it a guard that holds the other end of a pipe from us. However we end, the
 * kernel closes the pipe, and the guard asks the program to end too.
 */
const guarded = '(read -r _ <&3; kill -INT $$) >/dev/null 2>&1 & exec "$@" 3<&-';

const stdio: SpawnOptions["stdio"] = ["pipe", "pipe", "pipe", "pipe"];

/** Start a program that does not outlive us. `input` is what it reads on stdin. Rejects when it cannot be run. */
async function start(program: string, args: string[], { input = "", ...given }: Options): Promise<Child> {
  const options = { cwd: "/", ...given };
  const child = process.platform === "win32"
    ? spawn(program, args, options)
    : spawn("/bin/sh", ["-c", guarded, "guard", program, ...args], { ...options, stdio });
  const watched = watch(child);
  running.add(child);
  child.once("exit", () => {
    running.delete(child);
    child.stdio[3]?.destroy();
  });
  child.stdin?.on("error", () => {}).end(input); // a program that does not read its input is no failure
  await new Promise((started, failed) => child.once("spawn", started).once("error", failed));
  return { pid: child.pid!, ...watched };
}

/**
 * Start a server of ours in a session of its own, so that Ctrl-C in the terminal reaches it only through us, and its
 * clients can finish first.
 */
export const startChild = (program: string, args: string[], options: Options = {}): Promise<Child> =>
  start(program, args, { ...options, detached: true });

/** Run a program to its end. Rejects with what it said when it fails. */
export async function run(program: string, args: string[], options: Options = {}): Promise<string> {
  const child = await start(program, args, options);
  const code = await child.exited;
  if (code !== 0) throw new Error(child.tail().trim() || `exit code ${code}`);
  return child.tail();
}

/** The first of these programs that is there to be run. */
export function findProgram(names: string[], searchPath = process.env.PATH ?? ""): string | undefined {
  const dirs = searchPath.split(path.delimiter).filter((dir) => dir !== "");
  return names.flatMap((name) => dirs.map((dir) => path.join(dir, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Ask a child to end, and end it by force when it has not after `graceMs`. */
export async function stopChild(
  child: Child,
  ask: NodeJS.Signals,
  force: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  child.kill(ask);
  const isOver = await Promise.race([child.exited.then(() => true), sleep(graceMs, false, { ref: false })]);
  if (!isOver) child.kill(force);
  await child.exited;
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Send a signal to a process that may have ended in this moment. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The command line of a process, "" when there is none: ids are used again, so look before you signal. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}

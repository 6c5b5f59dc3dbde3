import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { commandLine, isAlive } from "./processes.ts";

/** How soon we notice that npm is gone, in milliseconds. */
const everyMs = 250;

function parentOf(pid: number): number {
  try {
    // The name, in brackets, may hold spaces; what follows is state and parent.
    if (process.platform === "linux") {
      return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
    }
    return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return 0;
  }
}

/** The npm that started us, through as many shells as it likes. */
function npm(): number | undefined {
  if (!process.env.npm_lifecycle_event) return undefined;
  for (let pid = process.ppid, steps = 0; pid > 1 && steps < 4; pid = parentOf(pid), steps++) {
    if (/\bnpm\b/.test(commandLine(pid))) return pid;
  }
  return undefined;
}

/** Call `gone` when the npm that started us is killed: without it nobody is left who would stop us. */
export function watchParent(gone: () => void): void {
  const pid = npm();
  if (pid === undefined) return;
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    gone();
  }, everyMs);
  timer.unref?.();
}

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { commandLine } from "../../../scripts/start/processes.ts";

function childrenOf(pid: number): number[] {
  try {
    if (process.platform === "linux") {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
    }
    const all = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
    return all.map((line) => line.trim().split(/ +/).map(Number)).filter(([, parent]) => parent === pid)
      .map(([child]) => child!);
  } catch {
    return []; // it has just ended
  }
}

/** The processes that a Postgres server runs for its clients and for itself, by what they call themselves. */
export const backendsOf = (pid: number): number[] =>
  childrenOf(pid).filter((child) => commandLine(child).startsWith("postgres:"));

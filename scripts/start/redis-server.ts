import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "./fault.ts";
import { type Child, findProgram, startChild, stopChild } from "./processes.ts";

/** A Redis must be there in this time, its log replayed. */
const readyMs = 10_000;
const stopMs = 1_200;

export interface RedisServer {
  url: string;
  exited: Promise<string>;
  stop: () => Promise<void>;
}

/** The Valkey or Redis of this machine, if it has one. */
export const findRedis = () => findProgram(["valkey-server", "redis-server"]);

/** Send one command by hand, signed in; what came back, "" when nobody answers. */
const tell = (port: number, password: string, command: string): Promise<string> =>
  new Promise((answer) => {
    let heard = "";
    const socket = connect({ port, host: "127.0.0.1", timeout: 500 }, () =>
      socket.end(`AUTH ${password}\r\n${command}\r\n`));
    socket.on("data", (data) =>
      heard += data).on("timeout", () => socket.destroy()).on("error", () => {});
    socket.on("close", () => answer(heard));
  });

/** Stop the server that a killed start left behind: two on one directory would write over each other. */
async function stopOrphan(portFile: string, password: string): Promise<void> {
  const port = existsSync(portFile) ? Number.parseInt(readFileSync(portFile, "utf8"), 10) : Number.NaN;
  const until = Date.now() + readyMs;
  // Only ours knows the password, so nobody else is stopped by mistake.
  while (Number.isInteger(port) && (await tell(port, password, "PING")).includes("+PONG")) {
    if (Date.now() > until) throw new Fault(`Cannot stop the Redis that still serves ${path.dirname(portFile)}`);
    await tell(port, password, "SHUTDOWN");
    await sleep(50);
  }
}

async function ready(child: Child, port: number, password: string): Promise<void> {
  let hasEnded = false;
  void child.exited.then(() => hasEnded = true);
  for (const until = Date.now() + readyMs; Date.now() < until && !hasEnded; await sleep(20)) {
    if ((await tell(port, password, "PING")).includes("+PONG")) return;
  }
  child.kill("SIGKILL");
  throw new Fault(`Cannot start Redis: ${child.tail().trim().split("\n").at(-1) || "it does not answer"}`);
}

/** Run Redis or Valkey on 127.0.0.1, every write in a log on disk. What a killed start left behind is healed. */
export async function startRedis(
  { program, dir, port, password }: { program: string; dir: string; port: number; password: string },
): Promise<RedisServer> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const portFile = path.join(dir, "port");
  await stopOrphan(portFile, password);
  writeFileSync(portFile, String(port));

  // By stdin, because what is on the command line everybody can read.
  const input = [
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${dir.replace(/["\\]/g, "\\$&")}"`,
    "appendonly yes",
    'save ""',
    "daemonize no",
  ].join("\n");
  const child = await startChild(program, ["-"], { input });
  await ready(child, port, password);
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    exited: child.exited.then(() => child.tail()),
    stop: () => stopChild(child, "SIGTERM", "SIGKILL", stopMs),
  };
}

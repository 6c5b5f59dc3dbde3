import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import process from "node:process";

/** The Redis of this machine, if it has one. Tests that need it are skipped without it: npm carries no such binary. */
export const redisBinary: string | undefined = ["valkey-server", "redis-server"].find((name) =>
  spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0
);

/** A port of the loopback interface that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A Redis without persistence on a loopback port of its own, and the means to take it away. */
export interface RedisServer {
  url: string;
  port: number;
  /** `SIGKILL` for a crash, `SIGSTOP` for a machine that hangs. Resolves when the process is gone, if it goes. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** End it, and wait until it has ended. */
  stop(): Promise<void>;
}

/** Start `redisBinary`. It is gone with this process at the latest. */
export async function startRedis(port?: number): Promise<RedisServer> {
  if (!redisBinary) throw new Error("Cannot start Redis: neither valkey-server nor redis-server is on the PATH");
  port ??= await freePort();
  const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"];
  const child = spawn(redisBinary, options, { stdio: ["ignore", "pipe", "inherit"] });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  await ready(child);

  const gone = once(child, "exit");
  async function signal(name: NodeJS.Signals) {
    process.kill(child.pid!, name); // not by the child's own `kill`, which works once on Deno
    if (name === "SIGKILL" || name === "SIGTERM") await gone;
  }
  return { url: `redis://127.0.0.1:${port}`, port, signal, stop: () => signal("SIGTERM") };
}

async function ready({ stdout }: ChildProcess): Promise<void> {
  let output = "";
  for await (const chunk of stdout!) {
    output += chunk;
    if (output.includes("Ready to accept connections")) return void stdout!.resume();
  }
  throw new Error(`Cannot start Redis: ${output}`);
}

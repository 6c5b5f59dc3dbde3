import path from "node:path";
import process from "node:process";
import { restGateway } from "../../functions/redis/gateway.ts";
import { openJournal } from "../../functions/redis/journal.ts";
import { memoryUpstream } from "../../functions/redis/memory.ts";
import { realUpstream, type Upstream } from "../../functions/redis/upstream.ts";
import { Fault, reason } from "./fault.ts";
import { serve } from "./listen.ts";
import { freePort } from "./ports.ts";
import { findRedis, startRedis } from "./redis-server.ts";
import type { Secrets } from "./secrets.ts";
import { supervise } from "./supervise.ts";

/** What stands behind the gateway, how people may call it, and how to let go of it. */
interface Chosen {
  upstream: Upstream;
  kind: string;
  stop: () => Promise<void>;
}

export interface Redis {
  /** The REST gateway, for functions. */
  url: string;
  token: string;
  kind: string;
  stop: () => Promise<void>;
}

interface Options {
  dataDir: string;
  secrets: Secrets;
  fell: (sentence: string) => void;
  lost: (fault: Fault) => void;
}

const nothing = () => Promise.resolve();
const hostOf = (url: string) => URL.canParse(url) ? new URL(url).host : "";

async function given(url: string): Promise<Chosen> {
  let upstream: Upstream | undefined;
  try {
    upstream = realUpstream(url);
    await upstream.command(["PING"]);
  } catch (error) {
    await upstream?.close();
    const why = reason(error).replace(/^Cannot reach Redis: /, "");
    throw new Fault(`Cannot use the Redis of REDIS_URL${hostOf(url) && ` (${hostOf(url)})`}: ${why}`);
  }
  return { upstream, kind: `Redis at ${hostOf(url)}`, stop: nothing };
}

async function ofThisMachine(program: string, { dataDir, secrets, fell, lost }: Options): Promise<Chosen> {
  const options = { program, dir: path.join(dataDir, "redis"), port: await freePort(), password: secrets("redis") };
  const { server, stop } = await supervise("Redis", () => startRedis(options), { fell, lost });
  const name = path.basename(program).startsWith("valkey") ? "Valkey" : "Redis";
  return { upstream: realUpstream(server.url), kind: `${name} of this machine, port ${options.port}`, stop };
}

function inMemory({ dataDir }: Options): Chosen {
  const journal = openJournal(path.join(dataDir, "redis.jsonl"));
  const stop = () => Promise.resolve(journal.close());
  return { upstream: memoryUpstream(journal), kind: "Redis in memory", stop };
}

/**
 * The Redis REST gateway on a port of its own, in front of `REDIS_URL`, else the Valkey or Redis of this machine, else
 * memory. Throws `Fault`.
 */
export async function openRedis(options: Options): Promise<Redis> {
  const url = process.env.REDIS_URL;
  const program = findRedis();
  const { upstream, kind, stop } = url
    ? await given(url)
    : program
    ? await ofThisMachine(program, options)
    : inMemory(options);

  const token = crypto.randomUUID();
  const gateway = serve(restGateway({ upstream, token }));
  return {
    url: gateway.url,
    token,
    kind,
    stop: async () => {
      await gateway.stop(100);
      await upstream.close();
      await stop();
    },
  };
}

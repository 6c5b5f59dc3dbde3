import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Need } from "../../../functions/lib/needs.ts";
import type { FunctionName } from "../../../functions/registry.ts";
import { migrate } from "../../../scripts/start/migrate.ts";
import { serveModule, startFunction } from "../../deno-process.ts";
import { redisBinary, startRedis } from "../../redis-server.ts";
import { makeRandom, seedOf } from "../random.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import { makePart, type Part } from "./part.ts";
import { makePorts } from "./ports.ts";
import { makePostgresPart, type PostgresPart } from "./postgres-part.ts";
import { type PublishProxy, startPublishProxy } from "./publish-proxy.ts";
import { makeRouter, type Replica, type Router } from "./router.ts";

/** The functions that clients use, and how many copies of each run. */
const copies = {
  "chat/create-room": 1,
  "chat/delete-message": 1,
  "chat/edit-message": 1,
  "chat/get-changes": 1,
  "chat/get-room": 1,
  "chat/list-messages": 1,
  "chat/list-rooms": 1,
  "chat/mark-read": 1,
  "chat/react": 1,
  "chat/remove-participant": 1,
  "chat/save-participant": 1,
  "chat/send-message": 2,
  "chat/stream-events": 2,
  "chat/unreact": 1,
} as const satisfies Partial<Record<FunctionName, number>>;

const token = "chaos";

/** What the gateway reads: with a REDIS_URL it serves that Redis, without one its own memory. */
const gatewayNeed: Need = {
  name: "redis",
  key: "redis",
  settings: ["REDIS_URL", "UPSTASH_REDIS_REST_TOKEN"],
  pool: 0,
  open: () => undefined,
};

/** Everything Parley consists of, each part a process that can be taken down. */
export interface House {
  postgres: PostgresPart;
  /** Undefined where none is installed: the gateway is then its own Redis. */
  redis: Part | undefined;
  gateway: Part;
  /** All functions but the streams, one part for each copy. */
  functions: Part[];
  streams: Part[];
  publishes: PublishProxy;
  router: Router;
  issuer: Issuer;
  /** The URL of chat-service-db. */
  chatUrl: string;
  userUrl: string;
  /** Stop everything, and remove what it has written. */
  stop(): Promise<void>;
}

/** Start every part on 127.0.0.1, each on a port that it keeps. Deno only. */
export async function startHouse(seed: number): Promise<House> {
  const base = mkdtempSync(path.join(tmpdir(), "parley-chaos-"));
  chmodSync(base, 0o755); // for the user Postgres runs as when we are root
  const undo: (() => unknown)[] = [() => rmSync(base, { recursive: true, force: true })];
  const stop = async () => {
    for (const next of undo.splice(0).reverse()) await next();
  };
  try {
    return { ...await open(base, seed, (action) => undo.push(action)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(base: string, seed: number, onStop: (undo: () => unknown) => void): Promise<Omit<House, "stop">> {
  const nextPort = makePorts();
  const start = async <P extends Part>(part: P): Promise<P> => {
    await part.start();
    onStop(part.stop);
    return part;
  };

  const postgres = await start(makePostgresPart(path.join(base, "postgres"), await nextPort()));
  const [chatUrl, userUrl] = [postgres.url("chat-service-db"), postgres.url("user-service-db")];
  await migrate({ url: chatUrl, dir: "functions/chat/migrations" });
  await migrate({ url: userUrl, dir: "functions/user/migrations" });

  const redisPort = await nextPort();
  const redis = redisBinary ? await start(makePart("redis", () => runRedis(redisPort))) : undefined;
  const gatewaySettings = {
    UPSTASH_REDIS_REST_TOKEN: token,
    ...(redis && { REDIS_URL: `redis://127.0.0.1:${redisPort}` }),
  };
  const gatewayPort = await nextPort();
  const gateway = await start(makePart("gateway", () =>
    serveModule({
      file: "functions/redis/rest.ts",
      needs: [gatewayNeed],
      settings: gatewaySettings,
      port: gatewayPort,
    })));

  const publishes = startPublishProxy(`http://127.0.0.1:${gatewayPort}`, makeRandom(seedOf(seed, 1)));
  onStop(() => publishes.stop(0));
  const issuer = await startIssuer();
  onStop(() => issuer.stop(0));
  const settings = {
    CHAT_DATABASE_URL: chatUrl,
    USER_DATABASE_URL: userUrl,
    UPSTASH_REDIS_REST_URL: publishes.url,
    UPSTASH_REDIS_REST_TOKEN: token,
    PUBLIC_URL: "http://localhost:8080",
    OIDC_ISSUER: issuer.issuer,
  };

  const names = (Object.keys(copies) as (keyof typeof copies)[]).flatMap((name) => Array(copies[name]).fill(name));
  const replicas: Replica[] = [];
  for (const name of names) replicas.push({ name, url: `http://127.0.0.1:${await nextPort()}` });
  const parts = await Promise.all(
    replicas.map(({ name, url }) =>
      start(makePart(name, () => startFunction(name, settings, Number(new URL(url).port))))
    ),
  );

  return {
    postgres,
    redis,
    gateway,
    functions: parts.filter(({ name }) => name !== "chat/stream-events"),
    streams: parts.filter(({ name }) => name === "chat/stream-events"),
    publishes,
    router: makeRouter(replicas, makeRandom(seedOf(seed, 2))),
    issuer,
    chatUrl,
    userUrl,
  };
}

async function runRedis(port: number) {
  const { signal, stop } = await startRedis(port);
  // It is only ever killed or stopped by `signal`, which waits for its end.
  return { signal, stop, exited: Promise.resolve() };
}

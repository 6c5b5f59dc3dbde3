import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { restGateway } from "../../functions/redis/gateway.ts";
import { memoryUpstream } from "../../functions/redis/memory.ts";
import { realUpstream } from "../../functions/redis/upstream.ts";
import { findRedis, startRedis } from "../../scripts/start/redis-server.ts";
import { migrate } from "../../scripts/start/migrate.ts";
import { freePort } from "../../scripts/start/ports.ts";
import { startPostgres } from "../../scripts/start/postgres.ts";
import { type Issuer, makeIssuer } from "./scene.ts";

/** What the functions need, running: Postgres with TLS off and fsync as it comes, Redis behind its gateway, an issuer. */
export interface Parts {
  settings: Record<string, string>;
  issuer: Issuer;
  /** Which Redis stands behind the gateway. */
  redis: string;
  stop: () => Promise<void>;
}

const listen = (handler: (request: Request) => Response | Promise<Response>) => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, handler);
  return { url: `http://127.0.0.1:${server.addr.port}`, stop: () => server.shutdown() };
};

/** Start them. Everything is gone after `stop`. */
export async function startParts(): Promise<Parts> {
  const dir = mkdtempSync(path.join(tmpdir(), "parley-bench-"));
  chmodSync(dir, 0o755); // for the user Postgres runs as when we are root
  const postgres = await startPostgres({ dir: path.join(dir, "postgres"), password: "bench", ephemeral: true });
  const [chat, user] = [postgres.url("chat-service-db"), postgres.url("user-service-db")];
  await migrate({ url: chat, dir: "functions/chat/migrations" });
  await migrate({ url: user, dir: "functions/user/migrations" });

  const program = findRedis();
  const redis = program === undefined
    ? undefined
    : await startRedis({ program, dir: path.join(dir, "redis"), port: await freePort(), password: "bench" });
  const upstream = redis ? realUpstream(redis.url) : memoryUpstream();
  const gateway = listen((request) => app.fetch(request));
  const app = restGateway({ upstream, token: "bench" });

  const issuer = await makeIssuer(() => `${provider.url}/realms/parley`);
  const provider = listen(() => Response.json({ keys: issuer.keys }));
  return {
    settings: {
      CHAT_DATABASE_URL: chat,
      USER_DATABASE_URL: user,
      UPSTASH_REDIS_REST_URL: gateway.url,
      UPSTASH_REDIS_REST_TOKEN: "bench",
      PUBLIC_URL: "http://localhost:8080",
      OIDC_ISSUER: `${provider.url}/realms/parley`,
    },
    issuer,
    redis: program === undefined ? "in memory" : path.basename(program),
    async stop() {
      await Promise.all([gateway.stop(), provider.stop()]);
      await upstream.close();
      await redis?.stop();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

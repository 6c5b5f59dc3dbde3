import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { exportJWK, generateKeyPair } from "jose";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { restGateway } from "../functions/redis/gateway.ts";
import { memoryUpstream } from "../functions/redis/memory.ts";
import { realUpstream } from "../functions/redis/upstream.ts";
import { migrate } from "../scripts/start/migrate.ts";
import { startPostgres } from "../scripts/start/postgres.ts";
import "./context.ts";
import { redisBinary, startRedis } from "./redis-server.ts";

const token = "test-token";

function listen(fetch: (request: Request) => Response | Promise<Response>) {
  return new Promise<{ url: string; server: ServerType }>((done) => {
    const server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }: AddressInfo) => {
      done({ url: `http://127.0.0.1:${port}`, server });
    });
  });
}

/** Start real parts once for all tests: Postgres, a Redis when one is installed, the gateway, and the issuer's keys. */
export default async function (project: TestProject) {
  const base = mkdtempSync(path.join(tmpdir(), "parley-test-"));
  chmodSync(base, 0o755); // for the user Postgres runs as when we are root
  const postgres = await startPostgres({ dir: path.join(base, "postgres"), password: "test", ephemeral: true });
  const databases = {
    CHAT_DATABASE_URL: postgres.url("chat-service-db"),
    USER_DATABASE_URL: postgres.url("user-service-db"),
  };
  await Promise.all([
    migrate({ url: databases.CHAT_DATABASE_URL, dir: "functions/chat/migrations" }),
    migrate({ url: databases.USER_DATABASE_URL, dir: "functions/user/migrations" }),
  ]);

  const redis = redisBinary ? await startRedis() : undefined;
  const upstream = redis ? realUpstream(redis.url) : memoryUpstream();
  const gateway = await listen(restGateway({ upstream, token }).fetch);

  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const keys = [{ ...await exportJWK(publicKey), alg: "EdDSA", kid: "test", use: "sig" }];
  const issuer = await listen(new Hono().get("*", (c) => c.json({ keys })).fetch);

  project.provide("signingKey", await exportJWK(privateKey) as JsonWebKey);
  project.provide("settings", {
    ...databases,
    UPSTASH_REDIS_REST_URL: gateway.url,
    UPSTASH_REDIS_REST_TOKEN: token,
    PUBLIC_URL: "http://localhost:8080",
    OIDC_ISSUER: `${issuer.url}/realms/parley`,
    OIDC_CLIENT_SECRET: "test-secret",
  });
  console.log(
    `test parts: Postgres 18 · ${redisBinary ?? "Redis in memory (no valkey-server or redis-server on PATH)"}`,
  );

  return async () => {
    for (const { server } of [gateway, issuer]) server.close();
    await upstream.close();
    await redis?.signal("SIGKILL");
    await postgres.stop();
    rmSync(base, { recursive: true, force: true });
  };
}

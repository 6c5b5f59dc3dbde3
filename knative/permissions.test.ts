import { expect, test } from "vitest";
import { chatDb } from "../functions/lib/database.ts";
import { describe } from "../functions/lib/fn.ts";
import sendMessage from "../functions/chat/send-message.ts";
import { denoPermissions } from "./permissions.ts";

test("a function may reach what its needs name, and read their settings", () => {
  const settings = {
    CHAT_DATABASE_URL: "postgres://user:secret@pooler.postgres.svc/chat-service-db",
    UPSTASH_REDIS_REST_URL: "http://redis-rest.app.svc",
    OIDC_ISSUER: "https://auth.example.org/realms/parley",
    PUBLIC_URL: "https://chat.example.org",
  };

  const flags = denoPermissions(describe(sendMessage).needs, settings);

  expect(flags).toEqual([
    "--ignore-env",
    "--allow-env=CHAT_DATABASE_URL,DATABASE_CA,K_SERVICE,OIDC_AUDIENCE,OIDC_ISSUER,OIDC_JWKS_URL,PUBLIC_URL," +
    "UPSTASH_REDIS_REST_TOKEN,UPSTASH_REDIS_REST_URL",
    "--allow-net=auth.example.org:443,pooler.postgres.svc:5432,redis-rest.app.svc:80",
  ]);
  expect(flags.join()).not.toContain("secret");
});

test("a need without its setting opens nothing", () => {
  expect(denoPermissions([chatDb], {})).toEqual([
    "--ignore-env",
    "--allow-env=CHAT_DATABASE_URL,DATABASE_CA,K_SERVICE",
  ]);
});

test("what listens by itself may do so on its one address, and know its port", () => {
  expect(denoPermissions([], {}, "0.0.0.0:8080")).toEqual([
    "--ignore-env",
    "--allow-env=K_SERVICE,PORT",
    "--allow-net=0.0.0.0:8080",
  ]);
});

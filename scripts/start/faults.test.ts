import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { testHouse } from "./testing/house.ts";

const house = testHouse();

/** How it ended, and the sentence it ended with. */
async function sentence(more: string[] = [], env: Record<string, string> = {}): Promise<[number | null, string]> {
  const { code, output } = await house.begin(more, env).ended;
  expect(output).not.toMatch(/^ +at /m); // no stack
  return [code, output.split("\n").find((line) => line.startsWith("✗")) ?? output];
}

describe("npm start says in one sentence what is wrong:", () => {
  let realm: Server;
  let issuer: string;

  beforeAll(async () => {
    realm = createServer((req, res) => {
      const other = JSON.stringify({ issuer: "https://elsewhere.example/realms/other" });
      req.url!.startsWith("/realms/other/") ? res.end(other) : res.writeHead(404).end();
    });
    await new Promise<void>((up) => realm.listen(0, "127.0.0.1", up));
    issuer = `http://127.0.0.1:${(realm.address() as AddressInfo).port}/realms`;
  });
  afterAll(() => void realm.close());

  test("the port is taken", async () => {
    const { port: taken } = realm.address() as AddressInfo;

    expect(await sentence(["--port", String(taken)])).toEqual([
      1,
      `✗ Cannot listen on port ${taken}: it is taken; choose another one with npm start -- --port <number>`,
    ]);
  });

  test("another instance runs on the same data", async () => {
    const first = house.begin();
    await first.up;

    expect(await sentence(["--port", String(await freePort())])).toEqual([
      1,
      `✗ Cannot start: another Parley (process ${first.pid}, http://localhost:${house.port}) already runs on ${house.dataDir}; ` +
      "stop it, or give another --data-dir and --port",
    ]);
  });

  test("a file is where data should be", async () => {
    const file = path.join(house.dataDir, "file");
    writeFileSync(file, "");

    const [code, said] = await sentence(["--data-dir", file]);

    expect(code).toBe(1);
    expect(said).toBe(`✗ Cannot keep data in ${file}: a file is in the way; choose another place with --data-dir`);
  });

  test("the data directory cannot be written", async () => {
    const [code, said] = await sentence(["--data-dir", "/proc/parley"]);

    expect(code).toBe(1);
    expect(said).toBe(
      "✗ Cannot keep data in /proc/parley: we may not write there; choose another place with --data-dir",
    );
  });

  test("the database's password is wrong", async () => {
    const server = await startPostgres({ dir: path.join(house.dataDir, "other"), password: "right", ephemeral: true });

    const [code, said] = await sentence([], { DATABASE_URL: server.url().replace("right", "wrong") });
    await server.stop();

    expect(code).toBe(1);
    expect(said).toMatch(
      /^✗ Cannot migrate .*: password authentication failed for user "postgres"; check DATABASE_URL$/,
    );
  });

  test("Redis wants a password", async () => {
    const first = house.begin();
    await first.up;
    const redisPort = /of this machine, port (\d+)/.exec(first.output())?.[1];
    if (!redisPort) return; // no Redis here to be refused by

    const other = path.join(house.dataDir, "other");
    const [code, said] = await sentence(["--port", String(await freePort()), "--data-dir", other], {
      REDIS_URL: `redis://:wrong@127.0.0.1:${redisPort}`,
    });

    expect(code).toBe(1);
    expect(said).toMatch(/^✗ Cannot use the Redis of REDIS_URL \(127.*\): WRONGPASS/);
  });

  test.each<[string, () => Record<string, string>, RegExp]>([
    [
      "the database is away",
      () => ({ DATABASE_URL: "postgres://a:b@127.0.0.1:2/x" }),
      /Cannot migrate .*ECONNREFUSED.*; check DATABASE_URL$/,
    ],
    [
      "the database's address is none",
      () => ({ DATABASE_URL: "db" }),
      /must look like postgres:.*; check DATABASE_URL$/,
    ],
    [
      "Redis is away",
      () => ({ REDIS_URL: "redis://127.0.0.1:2" }),
      /Cannot use the Redis of REDIS_URL \(127.0.0.1:2\): .*ECONNREFUSED/,
    ],
    ["Redis' address is none", () => ({ REDIS_URL: "redis" }), /Cannot use the Redis of REDIS_URL: Invalid URL/],
    [
      "the issuer is away",
      () => ({ OIDC_ISSUER: "http://127.0.0.1:2/realms/x" }),
      /Cannot reach the identity provider of OIDC_ISSUER/,
    ],
    [
      "the issuer has no realm",
      () => ({ OIDC_ISSUER: `${issuer}/none` }),
      /there is no discovery document at .* \(404\)$/,
    ],
    [
      "the issuer is another one",
      () => ({ OIDC_ISSUER: `${issuer}/other` }),
      /calls itself https:\/\/elsewhere.example\/realms\/other$/,
    ],
    [
      "Node is too old",
      () => ({ npm_config_user_agent: "npm/9.0.0 node/v18.20.1 linux x64" }),
      /this is Node 18.20.1, and Parley needs 20.19 or newer$/,
    ],
    ["a demo wants its own people", () => ({ DEMO: "1", OIDC_ISSUER: issuer }), /--demo makes its own people/],
    [
      "the public address is none",
      () => ({ PUBLIC_URL: "chat" }),
      /PUBLIC_URL must look like https:\/\/chat.example.org, not "chat"$/,
    ],
  ])("%s", async (_, env, said) => {
    const [code, line] = await sentence([], env());

    expect(line).toMatch(said);
    expect(code).toBe(1);
  });

  test.each([["--prot", "1"], ["talk"], ["--port", "many"]])("an option nobody knows: %s", async (...wrong) => {
    const [code, said] = await sentence(wrong);

    expect(code).toBe(1);
    expect(said).toMatch(
      /^✗ Cannot start: (Unknown option '--prot'|Unexpected argument 'talk'|--port must be a number)/,
    );
  });
});

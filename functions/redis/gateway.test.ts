import { serve } from "@hono/node-server";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redisBinary, type RedisServer, startRedis } from "../../test/redis-server.ts";
import type { Upstream } from "./contract.ts";
import { restGateway } from "./gateway.ts";
import { memoryUpstream } from "./memory.ts";
import { realUpstream } from "./upstream.ts";

const token = "a token for tests";
const key = () => `test:${crypto.randomUUID()}`;

/** Both Redises behind one gateway must be told apart by nothing that follows. */
const upstreams = {
  "the Redis in memory": {
    skip: false,
    open: () => Promise.resolve({ upstream: memoryUpstream(), server: undefined }),
  },
  "a real Redis": { // skipped where neither valkey-server nor redis-server is installed
    skip: !redisBinary,
    open: async () => {
      const server = await startRedis();
      return { upstream: realUpstream(server.url), server };
    },
  },
};

describe.each(Object.entries(upstreams))("The REST gateway over %s", (_, { skip, open }) => {
  describe.skipIf(skip)("answers", () => {
    let upstream: Upstream, server: RedisServer | undefined, app: ReturnType<typeof restGateway>;
    beforeAll(async () => {
      ({ upstream, server } = await open());
      app = restGateway({ upstream, token });
    });
    afterAll(async () => {
      await upstream.close();
      await server?.stop();
    });

    const ask = async (path: string, init: RequestInit = {}) => {
      const res = await app.request(path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
      return { status: res.status, body: await res.json() };
    };
    const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
      ask(path, { method: "POST", body: JSON.stringify(json), headers });

    it("runs a command from JSON", async () => {
      const name = key();

      const set = await post("/", ["SET", name, "grüße", "EX", 60]);
      const get = await post("/", ["get", name]);

      expect(set).toEqual({ status: 200, body: { result: "OK" } });
      expect(get).toEqual({ status: 200, body: { result: "grüße" } });
    });

    it("gives replies their raw shape", async () => {
      const name = key();

      expect(await post("/", ["HSET", name, "a", 1, "b", 2])).toMatchObject({ body: { result: 2 } });
      expect(await post("/", ["HGETALL", name])).toMatchObject({ body: { result: ["a", "1", "b", "2"] } });
      expect(await post("/", ["HMGET", name, "a", "none"])).toMatchObject({ body: { result: ["1", null] } });
      expect(await post("/", ["HGETALL", key()])).toMatchObject({ body: { result: [] } });
      expect(await post("/", ["GET", key()])).toMatchObject({ body: { result: null } });
    });

    it("keeps Redis' words in what SET, counters, sets and expiry answer", async () => {
      const [text, count, members] = [key(), key(), key()];
      const result = async (...command: unknown[]) => (await post("/", command)).body.result;

      expect(await result("SET", text, "1", "nx", "px", 60_000)).toBe("OK");
      expect(await result("SET", text, "2", "NX")).toBeNull();
      expect(await result("SET", text, "3", "XX", "GET", "KEEPTTL")).toBe("1");
      expect(await result("PTTL", text)).toBeGreaterThan(50_000);
      expect(await result("GETDEL", text)).toBe("3");
      expect(await result("TTL", text)).toBe(-2);
      expect(await result("INCRBY", count, 5)).toBe(5);
      expect(await result("PEXPIRE", count, 20)).toBe(1);
      expect(await result("SADD", members, "a", "b", "a")).toBe(2);
      expect((await result("SMEMBERS", members)).sort()).toEqual(["a", "b"]);
      expect(await result("DEL", members, key())).toBe(1);
      await new Promise((done) => setTimeout(done, 40));
      expect(await result("GET", count)).toBeNull();
    });

    it("gives Redis' refusals as 400", async () => {
      const name = key();
      await post("/", ["HSET", name, "a", "1"]);

      for (
        const [command, error] of [
          [["GET", name], /^WRONGTYPE /],
          [["INCR", name], /^WRONGTYPE /],
          [["NOSUCH", "x"], /^ERR unknown command/],
          [["GET"], /^ERR wrong number of arguments/],
          [["SET", key(), "v", "EX", "soon"], /^ERR value is not an integer/],
          [["SET", key(), "v", "SOMEHOW"], /^ERR syntax error/],
          [["SUBSCRIBE", "x"], /^ERR Command is not available/],
          [["BLPOP", "x", "0"], /^ERR Command is not available/],
          [["XREAD", "block", "0", "STREAMS", "s", "$"], /^ERR Command is not available/],
        ] as const
      ) {
        expect(await post("/", command)).toEqual({ status: 400, body: { error: expect.stringMatching(error) } });
      }
    });

    it("refuses what is no command", async () => {
      for (const body of ["", "{", "{}", "[]", '"GET"', "[1]", '["GET", {}]', '["GET", null]', '[["GET", "a"]]']) {
        expect(await ask("/", { method: "POST", body })).toEqual({ status: 400, body: { error: expect.any(String) } });
      }
      for (const path of ["/pipeline", "/multi-exec"]) {
        for (const body of ["", "[", "[]", '["GET", "a"]', "[[]]", '[["GET", []]]']) {
          expect(await ask(path, { method: "POST", body })).toMatchObject({ status: 400 });
        }
      }
      expect(await ask("/get/%E0%A4%A")).toMatchObject({ status: 400 });
      expect(await ask("/get/a", { method: "DELETE" })).toMatchObject({ status: 405 });
    });

    it("refuses a body above its limit", async () => {
      const res = await ask("/", { method: "POST", body: `["ECHO", "${"x".repeat(10 * 1024 * 1024)}"]` });

      expect(res).toEqual({ status: 413, body: { error: expect.stringContaining("max request size") } });
    });

    it("lets nobody in without the token", async () => {
      for (
        const authorization of ["", "Bearer ", "Bearer wrong", `Basic ${token}`, `Bearer ${token} `.trimEnd() + "x"]
      ) {
        for (const path of ["/", "/pipeline", "/multi-exec", "/get/a", "/subscribe/a", "/psubscribe/a"]) {
          const res = await app.request(path, { method: "POST", headers: { authorization }, body: '["PING"]' });
          expect([res.status, await res.json()]).toEqual([401, { error: "Unauthorized" }]);
        }
      }
    });

    it("takes the token from the query and tells strangers only that it lives", async () => {
      const res = await app.request(`/ping?_token=${encodeURIComponent(token)}`);
      const health = await app.request("/healthz");

      expect(await res.json()).toEqual({ result: "PONG" });
      expect(await health.json()).toEqual({ status: "ok" });
    });

    it("runs a pipeline in order and keeps each failure in its place", async () => {
      const name = key();

      const res = await post("/pipeline", [
        ["SET", name, "1"],
        ["INCR", name],
        ["HGET", name, "x"],
        ["MONITOR"],
        ["APPEND", name, "!"],
        ["GET", name],
      ]);

      expect(res).toEqual({
        status: 200,
        body: [
          { result: "OK" },
          { result: 2 },
          { error: expect.stringMatching(/^WRONGTYPE/) },
          { error: expect.stringMatching(/not available/) },
          { result: 2 },
          { result: "2!" },
        ],
      });
    });

    it("runs a transaction, or nothing of it", async () => {
      const name = key();

      const done = await post("/multi-exec", [["SET", name, "a"], ["INCR", name], ["GET", name]]);
      const discarded = await post("/multi-exec", [["SET", name, "b"], ["NOSUCH"]]);

      expect(done.body).toEqual([{ result: "OK" }, { error: expect.stringMatching(/^ERR value/) }, { result: "a" }]);
      expect(discarded).toEqual({ status: 400, body: { error: expect.stringMatching(/^EXECABORT/) } });
      expect(await post("/", ["GET", name])).toMatchObject({ body: { result: "a" } });
    });

    it("reads commands from paths, with the body as value and the query as options", async () => {
      const name = `${key()}/ü`;
      const path = encodeURIComponent(name);

      expect(await ask(`/set/${path}/one%20two?EX=100`)).toMatchObject({ body: { result: "OK" } });
      expect(await ask(`/get/${path}`)).toMatchObject({ body: { result: "one two" } });
      expect(await ask(`/set/${path}?PX=50000&XX`, { method: "POST", body: '{"a":1}' })).toMatchObject({ status: 200 });
      expect(await ask(`/GET/${path}`, { method: "PUT" })).toMatchObject({ body: { result: '{"a":1}' } });
      expect((await ask(`/pttl/${path}`)).body.result).toBeLessThanOrEqual(50_000);
    });

    it("encodes every string in base64 when asked, but not a whole OK", async () => {
      const name = key();
      const in64 = { "upstash-encoding": "base64" };

      const set = await post("/", ["SET", name, "OK"], in64);
      const list = await post("/pipeline", [["MGET", name, key()], ["INCR", key()], ["PING"]], in64);

      expect(set.body).toEqual({ result: "OK" });
      expect(list.body).toEqual([{ result: [btoa("OK"), null] }, { result: 1 }, { result: btoa("PONG") }]);
    });

    it("runs scripts by their text and, once seen, by their hash", async () => {
      const script = `return {KEYS[1], ARGV[1], 7, redis.call("INCR", KEYS[1])} -- ${key()}`;
      const hash = Buffer.from(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(script))).toString("hex");
      const name = key();

      const unknown = await post("/", ["EVALSHA", hash, 1, name, "x"]);
      const run = await post("/", ["EVAL", script, 1, name, "x"]);
      const again = await post("/", ["EVALSHA", hash, 1, name, "x"]);

      expect(unknown.body.error).toMatch(/^NOSCRIPT /);
      expect(run.body.result).toEqual([name, "x", 7, 1]);
      expect(again.body.result).toEqual([name, "x", 7, 2]);
    });

    describe("to @upstash/redis", () => {
      let http: ReturnType<typeof serve>, sdk: Redis;
      beforeAll(async () => {
        http = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
        if (!http.listening) await once(http, "listening");
        const { port } = http.address() as AddressInfo;
        sdk = new Redis({ url: `http://127.0.0.1:${port}`, token, enableTelemetry: false });
      });
      afterAll(() =>
        new Promise((done) => {
          http.close(done);
          (http as import("node:http").Server).closeAllConnections();
        })
      );

      it("stores values and reads them back", async () => {
        const [json, hash] = [key(), key()];

        await sdk.set(json, { text: "naïve ✓", list: [1, "OK"] }, { ex: 60 });
        await sdk.hset(hash, { a: "OK", b: 2 });

        expect(await sdk.get(json)).toEqual({ text: "naïve ✓", list: [1, "OK"] });
        expect(await sdk.hgetall(hash)).toEqual({ a: "OK", b: 2 });
        expect(await sdk.mget(json, key())).toEqual([{ text: "naïve ✓", list: [1, "OK"] }, null]);
        await expect(sdk.incr(hash)).rejects.toThrow(/WRONGTYPE/);
      });

      it("runs pipelines and transactions", async () => {
        const name = key();

        expect(await sdk.pipeline().set(name, "OK").get(name).del(name).exec()).toEqual(["OK", "OK", 1]);
        expect(await sdk.multi().set(name, 1).incr(name).exec()).toEqual(["OK", 2]);
      });

      it("delivers channels and patterns until they are left", async () => {
        const prefix = key();
        const heard: unknown[] = [];
        const subscriber = sdk.subscribe([`${prefix}:a`]);
        const patterns = sdk.psubscribe([`${prefix}:*`]);
        const joined = Promise.all([
          new Promise((done) => subscriber.on("subscribe", done)),
          new Promise((done) => patterns.on("psubscribe", done)),
        ]);
        subscriber.on("message", (event) => heard.push(event));
        patterns.on("pmessage", (event) => heard.push(event));

        expect(await joined).toEqual([1, 1]);
        expect(await sdk.publish(`${prefix}:a`, { n: 1, text: "a, b, ü" })).toBe(2);
        await expect.poll(() => heard.length).toBe(2);
        await Promise.all([subscriber.unsubscribe(), patterns.unsubscribe()]);

        const message = { n: 1, text: "a, b, ü" };
        expect(heard).toContainEqual({ channel: `${prefix}:a`, message });
        expect(heard).toContainEqual({ pattern: `${prefix}:*`, channel: `${prefix}:a`, message });
        await expect.poll(() => sdk.publish(`${prefix}:a`, "nobody")).toBe(0);
      });

      it("limits with @upstash/ratelimit's sliding window", async () => {
        const limiter = new Ratelimit({
          redis: sdk,
          limiter: Ratelimit.slidingWindow(3, "60 s"),
          prefix: key(),
          ephemeralCache: false,
        });

        const allowed: boolean[] = [];
        for (let i = 0; i < 5; i++) allowed.push((await limiter.limit("me")).success);

        expect(allowed).toEqual([true, true, true, false, false]);
        expect((await limiter.limit("you")).remaining).toBe(2);
      });
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort, redisBinary, type RedisServer, startRedis } from "../../test/redis-server.ts";
import { CommandError, type Upstream, UpstreamError } from "./contract.ts";
import { restGateway } from "./gateway.ts";
import { realUpstream } from "./upstream.ts";

describe("realUpstream() without a Redis", () => {
  it("fails fast, again and again, and says why", async () => {
    const upstream = realUpstream(`redis://127.0.0.1:${await freePort()}`);
    const started = performance.now();

    for (let i = 0; i < 20; i++) {
      await expect(upstream.command(["PING"])).rejects.toThrow(/^Cannot reach Redis: .*ECONNREFUSED/);
    }
    await expect(upstream.multi([["PING"]])).rejects.toBeInstanceOf(UpstreamError);
    await expect(upstream.subscribe("subscribe", "a", { message() {}, lost() {} })).rejects.toBeInstanceOf(
      UpstreamError,
    );

    expect(performance.now() - started).toBeLessThan(1_000);
    await upstream.close();
  });
});

// Skipped where neither valkey-server nor redis-server is installed: crashes need a real one.
describe.skipIf(!redisBinary)("realUpstream()", () => {
  let server: RedisServer, upstream: Upstream;
  beforeEach(async () => {
    server = await startRedis();
    upstream = realUpstream(server.url);
  });
  afterEach(async () => {
    await upstream.close();
    await server.signal("SIGKILL");
  });

  /** Ask until Redis answers; how long it took, in milliseconds. */
  async function untilItAnswers(): Promise<number> {
    const started = performance.now();
    await expect.poll(() => upstream.command(["PING"]).catch(String), { timeout: 5_000, interval: 20 }).toBe("PONG");
    return performance.now() - started;
  }

  it("keeps every byte", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

    await upstream.command(["SET", "bytes", bytes]);

    expect(await upstream.command(["GET", "bytes"])).toEqual(Buffer.from(bytes));
    expect(await upstream.multi([["GET", "bytes"]])).toEqual([Buffer.from(bytes)]);
  });

  it("lets no command of another caller into a transaction", async () => {
    await upstream.command(["SET", "n", "0"]);

    const transactions = Array.from({ length: 50 }, () => upstream.multi([["INCR", "n"], ["INCR", "n"], ["GET", "n"]]));
    const others = Array.from({ length: 50 }, () => upstream.command(["INCRBY", "n", "1000"]));
    const replies = await Promise.all(transactions);
    await Promise.all(others);

    for (const [first, second, value] of replies) {
      expect([second, Number(String(value))]).toEqual([Number(first) + 1, second]);
    }
  });

  it("survives a Redis that is killed and comes back", async () => {
    await upstream.command(["SET", "a", "1"]);

    await server.signal("SIGKILL");
    const started = performance.now();
    await expect(upstream.command(["GET", "a"])).rejects.toBeInstanceOf(UpstreamError);
    expect(performance.now() - started).toBeLessThan(1_000);
    server = await startRedis(server.port);

    expect(await untilItAnswers()).toBeLessThan(2_000);
    await expect(upstream.command(["NOSUCH"])).rejects.toBeInstanceOf(CommandError);
  });

  it("gives up on a Redis that hangs, and returns to it", async () => {
    await upstream.command(["PING"]);

    await server.signal("SIGSTOP");
    const started = performance.now();
    const asked = await Promise.allSettled([upstream.command(["PING"]), upstream.multi([["PING"]])]);
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(performance.now() - started).toBeLessThan(1_500);
    await server.signal("SIGCONT");

    expect(await untilItAnswers()).toBeLessThan(2_500);
  });

  it("tells its listeners that they were lost, over HTTP too, and takes them again", async () => {
    const app = restGateway({ upstream, token: "t" });
    const listen = () => app.request("/subscribe/a?_token=t");
    const first = (await listen()).text();

    await server.signal("SIGKILL");
    expect(await first).toBe("data: subscribe,a,1\n\n");
    expect((await listen()).status).toBe(503);
    server = await startRedis(server.port);

    const reader = (await listen()).body!.pipeThrough(new TextDecoderStream()).getReader();
    await untilItAnswers();
    expect(await upstream.command(["PUBLISH", "a", "again"])).toBe(1);
    let heard = "";
    while (!heard.includes("again")) heard += (await reader.read()).value;
    expect(heard).toBe("data: subscribe,a,1\n\ndata: message,a,again\n\n");
  });

  it("listens over one connection and unsubscribes with the last listener", async () => {
    const app = restGateway({ upstream, token: "t" });
    const clients = async () =>
      String(await upstream.command(["CLIENT", "LIST", "TYPE", "PUBSUB"])).match(/^id=/gm)?.length;

    const bodies = [];
    for (const path of ["subscribe/a", "subscribe/a", "subscribe/b", "psubscribe/*"]) {
      bodies.push((await app.request(`/${path}?_token=t`)).body!);
    }
    expect(await clients()).toBe(1);
    expect(await upstream.command(["PUBLISH", "a", "x"])).toBe(2);
    for (const body of bodies) await body.cancel();

    await expect.poll(() => upstream.command(["PUBLISH", "a", "x"])).toBe(0);
    expect(await upstream.command(["PUBSUB", "NUMPAT"])).toBe(0);
    expect((await app.request("/subscribe/a?_token=t")).status).toBe(200);
    expect(await upstream.command(["PUBLISH", "a", "x"])).toBe(1);
  });
});

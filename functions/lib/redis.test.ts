import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import "../../test/context.ts";
import { redisClient, RedisError } from "./redis.ts";

/** A gateway that answers every command with its place in its request, and remembers what it was asked. */
let asked: unknown[][];
let server: ServerType;
let url: string;

beforeAll(async () => {
  const gateway = new Hono().post("/pipeline", async (c) => {
    const commands = await c.req.json();
    asked.push(commands);
    return c.json(commands.map(([name]: [string], i: number) => name === "BAD" ? { error: "ERR no" } : { result: i }));
  });
  url = await new Promise((listening) => {
    server = serve({ fetch: gateway.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }: AddressInfo) => {
      listening(`http://127.0.0.1:${port}`);
    });
  });
});
beforeEach(() => void (asked = []));
afterAll(() => void server.close());

test("commands given together go out as one request, in order, each with its own answer", async () => {
  const { command } = redisClient(url, "t");

  const answers = await Promise.allSettled([command("A"), command("BAD"), command("C", 1)]);

  expect(asked).toEqual([[["A"], ["BAD"], ["C", 1]]]);
  expect(answers).toMatchObject([{ value: 0 }, { status: "rejected", reason: { name: "RedisError" } }, { value: 2 }]);
});

test("what is asked while a request is under way goes out together afterwards", async () => {
  const { command } = redisClient(url, "t");
  const first = command("FIRST");
  await Promise.resolve();
  await Promise.resolve();

  await Promise.all([first, command("SECOND"), command("THIRD")]);

  expect(asked).toEqual([[["FIRST"]], [["SECOND"], ["THIRD"]]]);
});

test("an unreachable gateway, and one that refuses the token, are RedisErrors, and the next command tries anew", async () => {
  const { UPSTASH_REDIS_REST_URL } = inject("settings");
  const away = redisClient("http://127.0.0.1:9", "t");
  const locked = redisClient(UPSTASH_REDIS_REST_URL!, "wrong");

  await expect(away.command("GET", "a")).rejects.toThrow(RedisError);
  await expect(away.command("GET", "a")).rejects.toThrow("Cannot reach the Redis gateway");
  await expect(locked.command("GET", "a")).rejects.toThrow(/Unauthorized/);
});

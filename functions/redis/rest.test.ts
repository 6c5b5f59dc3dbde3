import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";

describe("The gateway that deno serve runs", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("reads its settings at the first request, and needs a token", async () => {
    vi.resetModules();
    onTestFinished(() => void vi.resetModules());
    const { host } = await import("../lib/lifecycle.ts");
    host(); // no signal handlers in a test
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "");
    vi.stubEnv("REDIS_URL", "");
    const { default: rest } = await import("./rest.ts");
    const ping = () => rest.fetch(new Request("http://localhost/ping?_token=secret"));

    expect(ping).toThrow("UPSTASH_REDIS_REST_TOKEN is missing");
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "secret");

    expect(await (await ping()).json()).toEqual({ result: "PONG" });
  });
});

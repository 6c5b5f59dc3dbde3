import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Listener, type Upstream, UpstreamError } from "./contract.ts";
import { restGateway } from "./gateway.ts";

const token = "a token for tests";
const init = { headers: { authorization: `Bearer ${token}` } };

/** An upstream whose subscriptions the test holds in its hands. */
function puppet() {
  const open = new Map<string, Listener>();
  const subscribe = vi.fn<Upstream["subscribe"]>((kind, name, listener) => {
    open.set(`${kind} ${name}`, listener);
    return Promise.resolve(() => void open.delete(`${kind} ${name}`));
  });
  const upstream: Upstream = {
    command: () => Promise.resolve("OK"),
    multi: () => Promise.resolve([]),
    subscribe,
    close: () => Promise.resolve(),
  };
  return { upstream, subscribe, open, app: restGateway({ upstream, token }) };
}

/** A reader of events, one a call; `undefined` at the end. */
function reading(res: Response) {
  const reader = res.body!.pipeThrough(new TextDecoderStream()).getReader();
  const events: string[] = [];
  async function read() {
    if (events.length === 0) events.push(...(await reader.read()).value?.split(/(?<=\n\n)/) ?? []);
    return events.shift();
  }
  return { read, leave: () => reader.cancel() };
}

describe("A subscription over HTTP", () => {
  afterEach(() => void vi.useRealTimers());

  it("speaks server-sent events in Upstash's words", async () => {
    const { app, open } = puppet();

    const channel = await app.request("/subscribe/room%3A1", init);
    const pattern = await app.request("/psubscribe/room:*", { ...init, method: "POST" });
    const [one, many] = [reading(channel), reading(pattern)];
    open.get("subscribe room:1")?.message('{"a":[1,2]}', "room:1");
    open.get("psubscribe room:*")?.message("first\nsecond", "room:1");

    expect(channel.headers.get("content-type")).toBe("text/event-stream");
    expect(await one.read()).toBe("data: subscribe,room:1,1\n\n");
    expect(await one.read()).toBe('data: message,room:1,{"a":[1,2]}\n\n');
    expect(await many.read()).toBe("data: psubscribe,room:*,1\n\n");
    expect(await many.read()).toBe("data: pmessage,room:*,room:1,first\ndata: second\n\n");
  });

  it("is one upstream however many listen, and none when the last has left", async () => {
    const { app, open, subscribe } = puppet();

    const all = await Promise.all([1, 2, 3].map(async () => reading(await app.request("/subscribe/a", init))));
    open.get("subscribe a")?.message("x", "a");
    for (const { read } of all) expect([await read(), await read()]).toContain("data: message,a,x\n\n");
    expect(subscribe).toHaveBeenCalledTimes(1);

    await Promise.all(all.slice(1).map(({ leave }) => leave()));
    expect(open.size).toBe(1);
    await all[0]!.leave();
    await vi.waitFor(() => expect(open.size).toBe(0));

    await app.request("/subscribe/a", init);
    expect(subscribe).toHaveBeenCalledTimes(2);
  });

  it("ends when the upstream is lost, and can be opened again", async () => {
    const { app, open } = puppet();
    const { read } = reading(await app.request("/subscribe/a", init));
    await read();

    open.get("subscribe a")?.lost();

    expect(await read()).toBeUndefined();
    expect((await app.request("/subscribe/a", init)).status).toBe(200);
  });

  it("is refused as long as the upstream is away", async () => {
    const { app, subscribe } = puppet();
    subscribe.mockRejectedValueOnce(new UpstreamError("Cannot reach Redis: gone"));

    const refused = await app.request("/subscribe/a", init);
    const later = await app.request("/subscribe/a", init);

    expect([refused.status, await refused.json()]).toEqual([503, { error: "Cannot reach Redis: gone" }]);
    expect(later.status).toBe(200);
  });

  it("says every ten seconds that it is there", async () => {
    vi.useFakeTimers();
    const { app } = puppet();
    const { read } = reading(await app.request("/subscribe/a", init));
    await read();

    vi.advanceTimersByTime(10_000);

    expect(await read()).toMatch(/^: .+\n\n$/);
  });

  it("drops who does not read, and nobody else", async () => {
    const { app, open } = puppet();
    const slow = (await app.request("/subscribe/a", init)).body!.getReader();
    const { read } = reading(await app.request("/subscribe/a", init));
    await read();

    for (let i = 0; i < 40; i++) {
      open.get("subscribe a")?.message("x".repeat(100_000), "a");
      expect(await read()).toContain("xxx");
    }

    expect(await slow.read()).toEqual({ done: true, value: undefined });
    expect(open.size).toBe(1);
  });

  it("ends when the process begins to stop", async () => {
    vi.resetModules(); // a life of its own, because stopping cannot be undone
    onTestFinished(() => void vi.resetModules());
    const { drain } = await import("../lib/lifecycle.ts");
    const { restGateway } = await import("./gateway.ts");
    const { upstream, open } = puppet();
    const app = restGateway({ upstream, token });
    const { read } = reading(await app.request("/subscribe/a", init));
    await read();

    await drain();

    expect(await read()).toBeUndefined();
    expect(open.size).toBe(0);
    const late = reading(await app.request("/subscribe/a", init));
    expect([await late.read(), await late.read()]).toEqual(["data: subscribe,a,1\n\n", undefined]);
  });
});

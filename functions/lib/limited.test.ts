import process from "node:process";
import { expect, inject, test, vi } from "vitest";
import { ask, aUser } from "../../test/world.ts";
import { fn } from "./fn.ts";
import { settled } from "./lifecycle.ts";
import { limited, limits } from "./limited.ts";
import { signedIn } from "./session.ts";

const app = fn({ needs: [] }).get("/limited", signedIn, limited("search"), (c) => c.text("ok"));

test("who asks too often is refused with 429 and told when to come back; others are not", async () => {
  const [eager, calm] = [await aUser(), await aUser()];
  const [most] = limits.search;
  const asking = () => ask(app, "GET", "/limited", { as: eager });
  vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 60_000) * 60_000 + 30_000 }); // mid-window

  await Promise.all(Array.from({ length: most + 1 }, asking));
  vi.setSystemTime(Date.now() + 1_000); // what came quickly is counted with the next request
  const counting = await asking();
  await settled();
  const [refused, served] = [await asking(), await ask(app, "GET", "/limited", { as: calm })];
  vi.useRealTimers();

  expect([counting.status, refused.status, served.status]).toEqual([200, 429, 200]);
  expect(await refused.json()).toMatchObject({ type: "/problems/too-many-requests" });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("without Redis limits open and the answer is the same", async () => {
  process.env["UPSTASH_REDIS_REST_URL"] = "http://127.0.0.1:9";
  try {
    vi.resetModules(); // another process, as it were, whose gateway is away
    (await import("./log.ts")).logTo(() => {});
    const elsewhere = { ...await import("./fn.ts"), ...await import("./session.ts"), ...await import("./limited.ts") };
    const alone = elsewhere.fn({ needs: [] })
      .get("/limited", elsewhere.signedIn, elsewhere.limited("search"), (c) => c.text("ok"));

    const res = await ask(alone, "GET", "/limited", { as: await aUser() });

    expect(res.status).toBe(200);
  } finally {
    process.env["UPSTASH_REDIS_REST_URL"] = inject("settings")["UPSTASH_REDIS_REST_URL"]!;
  }
});

import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Browser } from "./start/identity/testing/browser.ts";
import { testHouse } from "./start/testing/house.ts";
import { npmStart, runs } from "./start/testing/launch.ts";

const house = testHouse();

/** Sign in as one of the demo users, all the way through login, the provider's page and callback. */
async function signIn(username: string): Promise<Browser> {
  const browser = new Browser();
  const base = `http://localhost:${house.port}`;
  const login = await browser.go(`${base}/auth/login`);
  const { url } = await browser.follow(login.headers.get("location")!, base);
  const done = await browser.go(`${url}/sign-in`, { login: username, password: "parley-demo" });
  const callback = await browser.follow(done.headers.get("location")!, base);
  await browser.go(callback.url);
  return browser;
}

const rooms = async (browser: Browser) => {
  const res = await browser.go(`http://localhost:${house.port}/api/rooms`);
  return { status: res.status, rooms: ((await res.json()) as { rooms: { lastSeq: number }[] }).rooms };
};

describe("npm start", () => {
  test("starts the whole house, and after kill -9 everything and everybody is still there", async () => {
    const first = house.begin(["--demo"]);
    await first.up;
    const ada = await signIn("ada");
    const before = await rooms(ada);
    const pid = house.postmaster();

    first.kill("SIGKILL");
    await first.ended;
    const second = house.begin(["--demo"]);
    await second.up;

    expect(before.rooms.map(({ lastSeq }) => lastSeq)).toEqual([22, 10]);
    expect(await rooms(ada)).toEqual(before);
    expect(runs(pid)).toBe(false);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("stops everything within two seconds of %s", async (signal) => {
    const one = house.begin(["--demo"]);
    await one.up;
    const pid = house.postmaster();
    const ada = await signIn("ada");
    const stream = await ada.go(`http://localhost:${house.port}/api/events`);
    const hello = await stream.body!.getReader().read();

    const startedAt = performance.now();
    one.kill(signal);
    const { code } = await one.ended;

    expect(new TextDecoder().decode(hello.value)).toContain("hello");
    expect(code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(runs(pid)).toBe(false);
    await expect(fetch(`http://localhost:${house.port}/healthz`)).rejects.toThrow();
  });

  test("brings Postgres back when it is killed, and goes on", async () => {
    const one = house.begin(["--demo"]);
    await one.up;
    const ada = await signIn("ada");
    const pid = house.postmaster();

    process.kill(pid, "SIGKILL");
    const until = Date.now() + 15_000;
    let answer = 0;
    while (answer !== 200 && Date.now() < until) {
      await sleep(100);
      answer = (await ada.go(`http://localhost:${house.port}/api/rooms`)).status;
    }

    expect(answer).toBe(200);
    expect(one.output()).toContain("Postgres ended unasked and is started again");
  });

  test("ends when the npm that started it is killed, and can be started again at once", async () => {
    const npm = npmStart(house.args());
    house.launched.push(npm);
    await npm.up;
    const pid = house.postmaster();

    npm.kill("SIGKILL");
    const again = house.begin();
    await again.up;

    expect(runs(pid)).toBe(false);
  });

  test("heals a start that was killed while it made its database", async () => {
    const first = house.begin();
    await sleep(700);
    first.kill("SIGKILL");
    await first.ended;

    const second = house.begin();

    await expect(second.up).resolves.toBeUndefined();
  });
});

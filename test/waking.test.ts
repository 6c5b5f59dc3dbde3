import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { type Browser, chromium, type Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Launched, start } from "../scripts/start/testing/launch.ts";
import { woken } from "../web/src/waking/woken.ts";
import { chromiumArgs, findChromium } from "./chromium.ts";
import { freePort } from "./redis-server.ts";

/** What a real browser sends when it wakes functions, from the welcome page to a conversation. */

const found = await findChromium();
if ("missing" in found) console.log(`the waking suite is skipped: ${found.missing}`);

let dataDir: string;
let base: string;
let house: Launched;
let browser: Browser;

describe.skipIf("missing" in found)("waking together", () => {
  beforeAll(async () => {
    if ("missing" in found) return;
    dataDir = mkdtempSync(path.join(tmpdir(), "parley-waking-"));
    chmodSync(dataDir, 0o755); // for the user Postgres runs as when we are root
    const port = await freePort();
    base = `http://localhost:${port}`;
    house = start(["--port", String(port), "--data-dir", dataDir, "--demo"]);
    const env = { ...process.env, ...found.env } as Record<string, string>;
    browser = await chromium.launch({ executablePath: found.executablePath, env, args: chromiumArgs });
    await house.up;
  });

  afterAll(async () => {
    await browser?.close();
    house?.kill("SIGTERM");
    await house?.ended;
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("once for each page that is loaded, without cookies, and with nothing in the console", async () => {
    const page = await browser.newPage();
    const wakings: Request[] = [], signIn = new Set<string>(), complaints: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/healthz")) wakings.push(request);
      if (pathname.startsWith("/auth/") && request.isNavigationRequest()) signIn.add(path.basename(pathname));
    });
    page.on("console", (message) => complaints.push(`${message.text()} ${message.location().url}`));
    page.on("pageerror", (error) => complaints.push(String(error)));
    const woke = () => wakings.splice(0).map((request) => new URL(request.url()).pathname);

    await page.goto(base);
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Username or e-mail").fill("ada");
    await page.getByLabel("Password", { exact: true }).fill("parley-demo");
    const offered = woke();
    // The browser itself complains of the 401 by which it learns that nobody is signed in.
    const aboutWaking = complaints.splice(0).filter((one) => one.includes("healthz"));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: /Engine room/ }).click();
    await page.getByRole("log", { name: "Messages" }).waitFor();
    const requests = [...wakings];
    const answers = await Promise.all(requests.map(async (request) => (await request.response())?.status()));
    const cookies = await Promise.all(requests.map((request) => request.headerValue("cookie")));

    expect(offered).toEqual([...woken.visit, ...woken["sign-in"]]);
    expect(woke()).toEqual(woken.visit);
    expect([...new Set(answers)]).toEqual([200]);
    expect(cookies.filter((cookie) => cookie !== null)).toEqual([]);
    expect([...signIn].map((name) => `/healthz/${name}`).sort()).toEqual([...woken["sign-in"]].sort());
    expect([...aboutWaking, ...complaints]).toEqual([]);
    await page.close();
  });
});

import process from "node:process";
import { chromium } from "playwright-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { chromiumArgs, findChromium } from "./chromium.ts";

describe("findChromium()", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("finds a browser that opens a page, or says why there is none", async ({ skip }) => {
    const found = await findChromium();
    if ("missing" in found) return skip(found.missing);

    const env = { ...process.env, ...found.env } as Record<string, string>;
    const browser = await chromium.launch({ executablePath: found.executablePath, env, args: chromiumArgs });
    const page = await browser.newPage();
    await page.goto("data:text/html,<meta charset=utf-8><h1>grüßt ✓</h1>");

    expect(await page.textContent("h1")).toBe("grüßt ✓");
    expect((await page.screenshot()).length).toBeGreaterThan(1_000);
    await browser.close();
  });

  it("takes CHROME_PATH at its word", async () => {
    vi.stubEnv("CHROME_PATH", "/nowhere/chrome");

    expect(await findChromium()).toEqual({ missing: expect.stringMatching(/^CHROME_PATH does not run: .*ENOENT/) });
  });
});

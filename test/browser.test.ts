import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Launched, start } from "../scripts/start/testing/launch.ts";
import { chromiumArgs, findChromium } from "./chromium.ts";
import { heard, line, log, openDirect, order, say, signInOn, signUpOn } from "./pages.ts";
import { freePort } from "./redis-server.ts";

/** People in real browsers, against the whole house as `npm start` runs it. */

const found = await findChromium();
if ("missing" in found) console.log(`the browser suite is skipped: ${found.missing}`);

/** Where pictures go: `npm run screenshot` points this at docs/, so that the README's picture is made by this run. */
const pictures = process.env["SCREENSHOTS"] ?? "test-results";

let dataDir: string;
let port: number;
let house: Launched | undefined;
let browser: Browser;
const contexts: BrowserContext[] = [];

const startHouse = async () => {
  house = start(["--port", String(port), "--data-dir", dataDir, "--demo"]);
  await house.up;
};

const stopHouse = async () => {
  house?.kill("SIGTERM");
  await house?.ended;
};

/** A person's own browser: no cookie or storage shared with anybody. */
async function aBrowser(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

async function signUp(name: string): Promise<Page> {
  const page = await aBrowser();
  await signUpOn(page, `http://localhost:${port}/`, name);
  return page;
}

async function signIn(username: string, options?: Parameters<typeof aBrowser>[0]): Promise<Page> {
  const page = await aBrowser(options);
  await signInOn(page, `http://localhost:${port}/`, username);
  return page;
}

describe.skipIf("missing" in found)("people in browsers", () => {
  beforeAll(async () => {
    if ("missing" in found) return;
    mkdirSync(pictures, { recursive: true });
    dataDir = mkdtempSync(path.join(tmpdir(), "parley-browser-"));
    chmodSync(dataDir, 0o755); // for the user Postgres runs as when we are root
    port = await freePort();
    const env = { ...process.env, ...found.env } as Record<string, string>;
    [browser] = await Promise.all([
      chromium.launch({ executablePath: found.executablePath, env, args: chromiumArgs }),
      startHouse(),
    ]);
  });

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  afterAll(async () => {
    await browser?.close();
    await stopHouse();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("two people sign up and talk both ways, live", async () => {
    const [mary, tim] = [await signUp("Mary"), await signUp("Tim")];

    await openDirect(mary, "Tim");
    await say(mary, "Is this thing on?");
    await tim.getByRole("link", { name: /Mary.*Is this thing on\?.*1 unread/ }).click();
    await heard(tim, "Is this thing on?");
    await say(tim, "Loud and clear.");

    await heard(mary, "Loud and clear.");
    expect(await order(mary, ["Is this thing on?", "Loud and clear."])).toEqual([
      "Is this thing on?",
      "Loud and clear.",
    ]);
    await tim.getByRole("link", { name: /Mary/ }).filter({ hasNotText: "unread" }).waitFor();
  });

  test("reactions, edits, deletions and writing are seen live in the other window", async () => {
    const [vera, boris] = [await signUp("Vera"), await signUp("Boris")];
    await openDirect(vera, "Boris");
    await say(vera, "Dinner at sevn?");
    await boris.getByRole("link", { name: /Vera.*Dinner/ }).click();
    await heard(boris, "Dinner at sevn?");

    await boris.getByRole("textbox", { name: "Message" }).pressSequentially("Yes");
    await vera.getByText("Boris is writing").waitFor();
    await line(boris, "Dinner").hover();
    await line(boris, "Dinner").getByRole("button", { name: "React" }).click();
    await boris.getByRole("button", { name: "Thumbs up" }).click();
    await line(vera, "Dinner").getByRole("button", { name: "👍 1: Boris" }).click();
    await line(boris, "Dinner").getByRole("button", { name: "👍 2: You, Vera" }).waitFor();

    await vera.getByRole("textbox", { name: "Message" }).press("ArrowUp");
    await say(vera, "Dinner at seven?");
    await line(boris, "Dinner at seven?").getByText("edited").waitFor();
    await line(boris, "Dinner at seven?").getByRole("button", { name: "👍 2: You, Vera" }).waitFor();

    await line(vera, "Dinner at seven?").hover();
    await line(vera, "Dinner at seven?").getByRole("button", { name: "More" }).click();
    await vera.getByRole("button", { name: "Delete" }).click();
    await vera.getByRole("button", { name: "Press again to delete" }).click();
    await heard(boris, "Message deleted");
    expect(await log(boris).getByText("Dinner").count()).toBe(0);
    expect(await log(boris).getByRole("button", { name: /👍/ }).count()).toBe(0);
  });

  test("what one reads in one browser counts as read in the other", async () => {
    const [desk, phone, grace] = [await signIn("ada"), await signIn("ada"), await signIn("grace")];
    const row = (page: Page) => page.getByRole("link", { name: /Engine room/ });
    await grace.getByRole("link", { name: /Engine room/ }).click();
    await say(grace, "Has anybody seen my clock?");

    for (const page of [desk, phone]) await row(page).filter({ hasText: /clock.*unread/s }).waitFor();
    await row(desk).click();
    await heard(desk, "Has anybody seen my clock?");

    for (const page of [desk, phone]) await row(page).filter({ hasNotText: "unread" }).waitFor();
  });

  test("somebody who was offline catches up without loss, and what they wrote meanwhile is sent", async () => {
    const [rosa, otto] = [await signUp("Rosa"), await signUp("Otto")];
    await openDirect(rosa, "Otto");
    await say(rosa, "before");
    await otto.getByRole("link", { name: /Rosa.*before/ }).click();
    await heard(otto, "before");

    await otto.context().setOffline(true);
    await say(otto, "from the tunnel");
    const missed = Array.from({ length: 12 }, (_, i) => `missed ${i + 1}.`);
    for (const text of missed) await say(rosa, text);
    await heard(rosa, missed.at(-1)!);
    await otto.getByText("You are offline").waitFor();
    await otto.context().setOffline(false);

    await heard(otto, missed.at(-1)!);
    await heard(rosa, "from the tunnel");
    const all = ["before", ...missed, "from the tunnel"];
    await expect.poll(() => order(rosa, all)).toEqual(all);
    await expect.poll(() => order(otto, all)).toEqual(all);
  });

  test("a restart of the server keeps the session and the history, and the open page goes on", async () => {
    const [ines, hugo] = [await signUp("Ines"), await signUp("Hugo")];
    await openDirect(ines, "Hugo");
    await say(ines, "written before the restart");
    await hugo.getByRole("link", { name: /Ines/ }).click();
    await heard(hugo, "written before the restart");

    await stopHouse();
    await say(ines, "written while it was down");
    await startHouse();

    await heard(hugo, "written while it was down");
    await hugo.reload();
    await heard(hugo, "written before the restart");
    await heard(hugo, "written while it was down");
  });

  test("a page that is closed with a message on its way sends it at the next visit", async () => {
    const [lena, emil] = [await signUp("Lena"), await signUp("Emil")];
    await openDirect(lena, "Emil");
    await lena.context().setOffline(true);
    await say(lena, "kept in the outbox");
    await lena.getByText("Sending…").waitFor();

    const context = lena.context();
    await lena.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`http://localhost:${port}/`);

    await emil.getByRole("link", { name: /Lena.*kept in the outbox/ }).waitFor();
  });

  test("history pages upward and stays where it was read", async () => {
    const [nora] = [await signUp("Nora"), await signUp("Karl")];
    await openDirect(nora, "Karl");
    const roomId = new URL(nora.url()).pathname.split("/").at(-1);
    await nora.evaluate(async (roomId) => {
      for (let i = 1; i <= 130; i++) {
        await fetch(`/api/rooms/${roomId}/messages`, {
          method: "POST",
          headers: { "content-type": "application/json", "x-parley": "1" },
          body: JSON.stringify({ id: crypto.randomUUID(), content: `line ${i}.` }),
        });
      }
    }, roomId);
    await nora.reload();
    await heard(nora, "line 130.");

    await expect.poll(async () => {
      await log(nora).hover();
      await nora.mouse.wheel(0, -20_000);
      return await log(nora).getByText("line 1.", { exact: true }).count();
    }, { timeout: 20_000 }).toBe(1);

    expect(await log(nora).getByText(/^line \d+\.$/).count()).toBe(130);
  });

  test("the demo's two people talk in two windows, in light and dark, on a desk and on a phone", async () => {
    const ada = await signIn("ada", { colorScheme: "light" });
    const grace = await signIn("grace", { colorScheme: "dark", viewport: { width: 390, height: 844 }, hasTouch: true });
    await ada.getByRole("link", { name: /Engine room/ }).click();
    await grace.getByRole("link", { name: /Engine room/ }).click();

    await grace.getByRole("textbox", { name: "Message" }).fill("Pushing it now.");
    await grace.getByRole("button", { name: "Send" }).tap();
    await heard(ada, "Pushing it now.");
    await say(ada, "And there it goes. Well done, everybody!");
    await heard(grace, "And there it goes. Well done, everybody!");

    const pictured = [
      await ada.screenshot({ path: path.join(pictures, "conversation.png") }),
      await grace.screenshot({ path: path.join(pictures, "conversation-phone-dark.png") }),
    ];
    for (const picture of pictured) expect(picture.length).toBeGreaterThan(10_000);
  });

  test("signing out leaves nothing of the session in the browser", async () => {
    const page = await signUp("Olga");

    await page.getByRole("link", { name: "Olga" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Create account" }).waitFor();

    const cookies = await page.context().cookies();
    expect(cookies.filter(({ name }) => /^parley-(access|session|login)/.test(name))).toEqual([]);
    await page.goto(`http://localhost:${port}/contacts`);
    await page.getByRole("link", { name: "Sign in" }).waitFor();
  });
});

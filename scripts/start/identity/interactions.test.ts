import { expect, test } from "vitest";
import { Browser } from "./testing/browser.ts";
import { testRealm } from "./testing/realm.ts";

const { open, submit, somebody, signedUp } = testRealm();

test("sign-up says what is wrong with each field, keeps what was typed, and escapes it", async () => {
  const browser = new Browser();
  const { url } = await open(browser, { prompt: "create" });
  const typed = { username: "A!", email: "no-address", displayName: "<b>Ada</b>", password: "short" };

  const { status, page } = await submit(browser, `${url}/sign-up`, typed);

  expect(status).toBe(422);
  expect(page).toContain("Username must have at least 3 characters.");
  expect(page).toContain("E-mail must be an address like ada@example.org.");
  expect(page).toContain("Password must have at least 8 characters.");
  expect(page).toContain(`value="&lt;b&gt;Ada&lt;/b&gt;"`);
  expect(page).not.toContain("short");
});

test.each(["username", "email"] as const)("sign-up says that the %s is taken", async (field) => {
  const { person } = await signedUp();
  const browser = new Browser();
  const { url } = await open(browser, { prompt: "create" });

  const { status, page } = await submit(browser, `${url}/sign-up`, {
    ...somebody(),
    [field]: person[field].toUpperCase(),
  });

  expect(status).toBe(409);
  expect(page).toMatch(new RegExp(`id="${field}-note" class="wrong"[^>]*>[^<]*belongs to somebody else already`));
});

test("somebody signs in by username or e-mail, and is then known to the browser", async () => {
  const { person } = await signedUp();

  for (const login of [person.username.toUpperCase(), person.email]) {
    const browser = new Browser();
    const { url, page } = await open(browser);
    const { code } = await submit(browser, `${url}/sign-in`, { login, password: person.password });
    const again = await open(browser);

    expect(page).toContain("Welcome back");
    expect(code).toBeTruthy();
    expect(again.url).toMatch(/^http:\/\/chat\.test\/auth\/callback\?code=/);
  }
});

test("a wrong password and an unknown name get the same answer, and after ten the name must wait", async () => {
  const { person } = await signedUp();
  const browser = new Browser();
  const { url } = await open(browser);
  const answer = async (login: string) => {
    const { status, page } = await submit(browser, `${url}/sign-in`, { login, password: "wrong" });
    return { status, page: page.replaceAll(login, "…") };
  };

  const known = await answer(person.username);
  const unknown = await answer("nobody-at-all");
  for (let i = 0; i < 9; i++) await answer(person.username);
  const right = await submit(browser, `${url}/sign-in`, { login: person.username, password: person.password });

  expect(known).toEqual(unknown);
  expect(known.status).toBe(401);
  expect(right.status).toBe(429);
  expect(right.page).toContain("Too many attempts. Try again in 15 minutes.");
});

test("a form without the browser's own cookie is refused", async () => {
  const { url } = await open(new Browser(), { prompt: "create" });

  const { status, page } = await submit(new Browser(), `${url}/sign-up`, somebody());

  expect(status).toBe(400);
  expect(page).toContain("This page has expired");
});

test("pages allow nothing but their own style and script", async () => {
  const browser = new Browser();
  const { url } = await open(browser);

  const { headers } = await browser.go(url);

  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'/,
  );
  expect(headers.get("cache-control")).toBe("no-store");
});

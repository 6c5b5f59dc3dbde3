import type { Page } from "playwright-core";

/** What people do on our pages, step by step, as they would tell it. */

/** Sign up as somebody new, from the first page at `url`. */
export async function signUpOn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("link", { name: "Create account" }).click();
  await page.getByLabel("Username").fill(name.toLowerCase());
  await page.getByLabel("E-mail").fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel("Display name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "New conversation" }).waitFor();
}

/** Sign in as one of the demo's people. */
export async function signInOn(page: Page, url: string, username: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Username or e-mail").fill(username);
  await page.getByLabel("Password", { exact: true }).fill("parley-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "New conversation" }).waitFor();
}

/** Begin a direct conversation by searching the other person, by keyboard. */
export async function openDirect(page: Page, name: string) {
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByRole("combobox", { name: "Search people" }).fill(name);
  await page.getByRole("option", { name }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

export async function say(page: Page, text: string) {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.keyboard.press("Enter");
}

export const log = (page: Page) => page.getByRole("log", { name: "Messages" });
export const heard = (page: Page, text: string) => log(page).getByText(text, { exact: true }).waitFor();

/** One message by its words, to do something with. */
export const line = (page: Page, text: string) => log(page).getByRole("listitem").filter({ hasText: text }).last();

/** What stands in the conversation, in its order, of these texts. */
export const order = async (page: Page, texts: string[]) => {
  const shown = await log(page).innerText();
  return [...texts].sort((one, other) => shown.indexOf(one) - shown.indexOf(other))
    .filter((text) => shown.split(text).length === 2);
};

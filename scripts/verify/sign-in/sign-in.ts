import { randomBytes } from "node:crypto";
import { Fault } from "../../start/fault.ts";
import { must } from "../checks.ts";
import type { Credentials } from "../options.ts";
import { complaint, type Form, passwordForm } from "./form.ts";
import type { Page, Visitor } from "./visitor.ts";

/** Where a sign-in shall lead back to; one that failed leads home, too, but says so in the query. */
const returnTo = "/?verified";

async function providersForm(visitor: Visitor, base: URL, prompt?: "create"): Promise<Form> {
  const url = new URL("/auth/login", base);
  url.searchParams.set("return_to", returnTo);
  if (prompt) url.searchParams.set("prompt", prompt);
  const page = await visitor.open(url);
  const form = passwordForm(page.text, page.url);
  must(form, `no page to sign in on: ${page.url.href} answered ${page.response.status}`);
  return form;
}

/** Send the form; the browser must come back to where it wanted to go. */
async function submit(visitor: Visitor, base: URL, form: Form, values: Record<string, string>): Promise<void> {
  const body = new URLSearchParams([...new Map([...form.values, ...Object.entries(values)])]);
  const page: Page = await visitor.open(form.action, body);
  const isHome = page.url.origin === base.origin && page.url.pathname + page.url.search === returnTo &&
    page.response.ok;
  must(
    isHome,
    `ended at ${page.url.origin}${page.url.pathname}${page.url.search}: ${
      complaint(page.text) ?? page.response.status
    }`,
  );
}

/** Sign in as somebody, through whichever provider's page. */
export async function signIn(visitor: Visitor, base: URL, { username, password }: Credentials): Promise<void> {
  const form = await providersForm(visitor, base);
  must(form.login && form.password, "the sign-in page has no field for a name");
  await submit(visitor, base, form, { [form.login]: username, [form.password]: password });
}

/** Make somebody new through the embedded provider's page, and come back signed in. Gives their username. */
export async function signUp(visitor: Visitor, base: URL, name: string): Promise<string> {
  const form = await providersForm(visitor, base, "create");
  if (!form.values.has("displayName")) {
    throw new Fault(
      "Nobody can be signed up at this Parley's identity provider by a program: give two people who are there " +
        "already, with --user name:password twice",
    );
  }
  const username = `verify-${name}-${randomBytes(4).toString("hex")}`;
  await submit(visitor, base, form, {
    username,
    email: `${username}@example.org`,
    displayName: `${name} (verification)`,
    password: randomBytes(18).toString("base64url"),
  });
  return username;
}

import { html } from "hono/html";
import type { SignUpField } from "../sign-up.ts";
import { type Field, field } from "./field.ts";
import { type Html, page } from "./layout.ts";

type Values = Partial<Record<SignUpField, string>>;

const fields: (Field & { name: SignUpField })[] = [
  {
    name: "username",
    label: "Username",
    autocomplete: "username",
    hint: "How others find you: 3 to 32 of a–z, 0–9, dot, underscore, hyphen.",
  },
  { name: "email", label: "E-mail", type: "email", autocomplete: "email" },
  { name: "displayName", label: "Display name", autocomplete: "name", isOptional: true, hint: "What others see." },
  {
    name: "password",
    label: "Password",
    type: "password",
    autocomplete: "new-password",
    hint: "At least 8 characters.",
  },
];

/** The page to join on, with what was typed and what is wrong with it. A password is never sent back. */
export function signUpPage(
  { base, values = {}, mistakes = {}, problem }: { base: string; values?: Values; mistakes?: Values; problem?: string },
): Html {
  const first = fields.find(({ name }) => mistakes[name])?.name ?? "username";
  return page(
    "Create an account",
    html`
      <h1>Create your account</h1>
      <p class="lead">One account, and you can start talking.</p>
      <form method="post" action="${base}/sign-up" novalidate>
            ${problem ? html`<p class="alert" role="alert">${problem}</p>` : ""}
            ${fields.map((each) =>
              field({
                ...each,
                value: each.type === "password" ? "" : values[each.name],
                mistake: mistakes[each.name],
                hasFocus: each.name === first,
              })
            )}
            <button type="submit">Create account</button>
          </form>
      <p class="other">Already have an account? <a href="${base}/sign-in">Sign in</a></p>
    `,
  );
}

import { html } from "hono/html";
import { field } from "./field.ts";
import { type Html, page } from "./layout.ts";

/** The page to sign in on. `base` is the path of the sign-in under way. */
export const signInPage = ({ base, login = "", problem }: { base: string; login?: string; problem?: string }): Html =>
  page(
    "Sign in",
    html`
      <h1>Welcome back</h1>
      <p class="lead">Sign in to go on talking.</p>
      <form method="post" action="${base}/sign-in">
            ${problem ? html`<p class="alert" role="alert">${problem}</p>` : ""}
            ${field({
              name: "login",
              label: "Username or e-mail",
              autocomplete: "username",
              value: login,
              hasFocus: !login,
            })}
            ${field({
              name: "password",
              label: "Password",
              type: "password",
              autocomplete: "current-password",
              hasFocus: login !== "",
            })}
            <button type="submit">Sign in</button>
          </form>
      <p class="other">New here? <a href="${base}/sign-up">Create an account</a></p>
    `,
  );

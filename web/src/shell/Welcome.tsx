import { onMount } from "solid-js";
import { loginUrl } from "../session/createSession.ts";
import { ThemeToggle } from "../theme/ThemeToggle.tsx";
import { Wordmark } from "./Wordmark.tsx";
import "./welcome.css";

/** What somebody sees who is not signed in. */
export function Welcome() {
  onMount(() => document.title = "Parley");
  return (
    <div class="welcome">
      <header>
        <Wordmark />
        <ThemeToggle />
      </header>
      <main>
        <h1>Talk in your own house.</h1>
        <p class="lead">
          Parley is a chat that you and the people you know host yourselves. Your words stay with you, arrive once and
          in order, and are there on every device.
        </p>
        <p class="welcome-actions">
          <a class="button primary" href={loginUrl()} rel="external">Sign in</a>
          <a class="button" href={loginUrl("create")} rel="external">Create account</a>
        </p>
      </main>
      <div class="welcome-scene" aria-hidden="true">
        <p class="theirs">Dinner at eight?</p>
        <p class="mine">Eight it is. I bring the bread.</p>
        <p class="theirs">And stories, please.</p>
      </div>
      <footer>
        <p>Nothing here is watched, sold or lost.</p>
      </footer>
    </div>
  );
}

import { html } from "hono/html";
import { type Html, page } from "./layout.ts";

/** A page that says what happened and leads back into the chat. */
export const messagePage = ({ title, text, home }: { title: string; text: string; home: string }): Html =>
  page(
    title,
    html`
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      <a class="action" href="${home}">Back to Parley</a>
    `,
  );

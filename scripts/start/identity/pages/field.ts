import { html } from "hono/html";
import type { Html } from "./layout.ts";

export interface Field {
  name: string;
  label: string;
  type?: "text" | "email" | "password";
  /** What browsers and password managers fill in, as HTML names it. */
  autocomplete: string;
  value?: string | undefined;
  hint?: string;
  isOptional?: boolean;
  /** What is wrong with what was typed, as the end of a sentence that begins with the label. */
  mistake?: string | undefined;
  hasFocus?: boolean;
}

const reveal = (id: string) =>
  html`
    <button type="button" class="reveal" aria-controls="${id}" aria-pressed="false" aria-label="Show password"
      hidden>Show</button>
  `;

/** A labelled input with its hint, or what is wrong with it, below. */
export function field(
  { name, label, type = "text", autocomplete, value = "", hint, isOptional, mistake, hasFocus }: Field,
): Html {
  const note = mistake ? `${label} ${mistake}.` : hint;
  return html`<div>
      <label for="${name}">${label}${isOptional ? html`<small>optional</small>` : ""}</label>
      <div class="box">
        <input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"
          autocapitalize="none" spellcheck="false" ${isOptional ? "" : "required"} ${hasFocus ? "autofocus" : ""}
          ${note ? html`aria-describedby="${name}-note"` : ""} ${mistake ? html`aria-invalid="true"` : ""}>
        ${type === "password" ? reveal(name) : ""}
      </div>
      ${note ? html`<p id="${name}-note" class="${mistake ? "wrong" : "hint"}">${note}</p>` : ""}
    </div>`;
}

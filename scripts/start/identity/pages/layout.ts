import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { createHash } from "node:crypto";
import { script, style } from "./style.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const hash = (content: string) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;

/** Nothing from anywhere but our own style and script, named by their hashes; forms go home only; no frames. */
export const pageHeaders: Record<string, string> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "img-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "referrer-policy": "same-origin", // with less, a browser would hide a form's Origin
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Two who face each other, as in the web client. */
const mark = html`
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <path fill="#1f7a64" d="M16 2C7.7 2 2 7 2 13.7c0 3.6 1.7 6.6 4.5 8.7L5.6 29l6.6-3.9c1.2.2 2.5.4 3.8.4V2Z" />
    <path fill="#e9785a" d="M18.5 6.4c6.6.7 11.5 5 11.5 10.9 0 3-1.3 5.5-3.5 7.3l.8 5.4-5.3-3.1c-1.1.2-2.3.3-3.5.3Z" />
  </svg>
`;

/** A page of the identity provider. */
export const page = (title: string, content: Html): Html =>
  html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>${title} · Parley</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
        <p class="brand">
          ${mark}
          Parley
        </p>
        ${content}
      </main>
        <script>${raw(script)}</script>
      </body>
    </html>
  `;

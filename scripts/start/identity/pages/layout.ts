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
    "img-src data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "referrer-policy": "same-origin", // with less, a browser would hide a form's Origin
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

const bubble =
  "M16 3c7.7 0 14 5.3 14 12s-6.3 12-14 12c-1.6 0-3.2-.2-4.6-.7L5 29.5l1.2-5.7C3.6 21.6 2 18.5 2 15 2 8.300 8.300 3 16 3Z";

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
        <link rel="icon" href="data:,">
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
        <p class="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path d="${bubble}"/>
            <path d="M10 12.5h12M10 17.5h7.5" fill="none" stroke-width="2.2" stroke-linecap="round"/>
          </svg>
          Parley
        </p>
        ${content}
      </main>
        <script>${raw(script)}</script>
      </body>
    </html>
  `;

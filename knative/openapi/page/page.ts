import type { Document } from "../document.ts";
import { type Html, html, line, prose } from "./html.ts";
import { operationArticle, type Placed } from "./operation.ts";
import { anchor, namedSchema } from "./schema.ts";

const operationsOf = ({ paths }: Document, tag: string): Placed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation }))
  ).filter(({ operation }) => operation.tags.includes(tag));

const contents = (api: Document): Html =>
  html`
    <nav aria-label="Contents" tabindex="0">
      <details><summary>Contents</summary>
    ${api.tags.map(({ name }) =>
      html`<h2><a href="#${name}">${name}</a></h2>
<ul>
${operationsOf(api, name).map(({ operation: { operationId: id } }) => html`<li><a href="#${id}">${id}</a></li>`)}</ul>`
    )}<h2><a href="#schemas">schemas</a></h2>
    <ul>
    ${Object.keys(api.components.schemas).map((name) => html`<li><a href="#${anchor(name)}">${name}</a></li>`)}</ul>
      </details>
    </nav>
  `;

const ways = ({ components }: Document): Html[] =>
  Object.entries(components.securitySchemes).map(([name, { scheme, in: where, name: key, description }]) =>
    html`
      <tr>
        <th scope="row">${name}</th>
        <td>${key
          ? html`${where} <code>${key}</code>`
          : html`header <code>Authorization</code>, ${scheme}`} <span class="note">${line(description!)}</span></td>
      </tr>
    `
  );

/** The document as a page to be read: no script, and its style in a file of its own, as our CSP wants it. */
export function page(api: Document): string {
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="description" content="${api.info.title}: every operation, every answer.">
        <title>${api.info.title} API</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/api-docs.css">
      </head>
      <body>
    <a class="skip" href="#content">Skip to the operations</a>
    <header>
    <p class="name"><a href="/">${api.info.title}</a></p>
    <h1>API</h1>
    <p>Version ${api.info.version}. For programs: <a href="/api/openapi.json">OpenAPI ${api.openapi}</a></p>
    </header>
    ${contents(api)}<main id="content">
    <section class="intro">
    ${prose(api.info.description)}<h2>Ways to be let in</h2>
    <div class="scroll"><table>${ways(api)}</table></div>
    <p>The examples want to know where you are and who: <code>PARLEY=https://chat.example.org</code> and a
    <code>TOKEN</code> of the identity provider.</p>
    </section>
    ${api.tags.map(({ name, description }) =>
      html`<section aria-labelledby="${name}">
<h2 id="${name}">${name}</h2>
${prose(description)}${operationsOf(api, name).map((one) => operationArticle(one, api))}</section>`
    )}<section aria-labelledby="schemas">
    <h2 id="schemas">Schemas</h2>
    <p>What travels in bodies and answers. In what you send, properties that are not listed are ignored; in
    what you get, there are no others.</p>
    ${Object.entries(api.components.schemas).map(namedSchema)}</section>
    </main>
      </body>
    </html>
  `.html;
}

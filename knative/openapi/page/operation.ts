import { type ProblemName, problems } from "../../../functions/lib/problem.ts";
import type { Document } from "../document.ts";
import type { Media, Operation, Parameter, Response } from "../operation.ts";
import { type Html, html, line, prose } from "./html.ts";
import { nameOf } from "../schemas.ts";
import { curl, sampleOf } from "./sample.ts";
import { anchor, shape, typeOf } from "./schema.ts";

export interface Placed {
  method: string;
  path: string;
  operation: Operation;
}

const route = (path: string) =>
  html`${path.split(/(\{\w+\})/).map((part) => part.startsWith("{") ? html`<var>${part}</var>` : part)}`;

/** Who may ask, in words. */
function whoMay({ security }: Operation): string {
  if (security.length === 0) return "Anyone may ask.";
  if (security.some((way) => "session" in way)) return "Asks for a session's cookie, `X-Parley: 1` and our `Origin`.";
  const isUnsafe = security.some((way) => "csrf" in way);
  return `Asks for an access token${isUnsafe ? "; in a cookie, with `X-Parley: 1` and our `Origin`" : ""}.`;
}

const parameter = ({ name, in: where, required, schema }: Parameter, { components }: Document): Html => {
  const { description } = components.schemas[nameOf(schema)] ?? schema;
  return html`
    <tr>
      <th scope="row"><code>${name}</code> <span class="note">${where}${!required && ", optional"}</span></th>
      <td>${typeOf(schema)}${"default" in schema && html`
        <span class="note">left out: <code>${String(schema.default)}</code></span>
      `}${description && html`
        <span class="note">${line(description)}</span>
      `}</td>
    </tr>
  `;
};

const part = (title: string, content: Html): Html => html`<h4>${title}</h4>${content}`;
const table = (rows: Html[]): Html =>
  html`
    <div class="scroll">
      <table>${rows}</table>
    </div>
  `;

const shown = (value: unknown) => JSON.stringify(value, null, 2);

/** What a body or an answer looks like: its shape, or the name that leads to it. */
function media([type, { schema, "x-itemSchema": item }]: [string, Media]): Html {
  if (!item) return html`<code>${type}</code>: ${typeOf(schema)}`;
  const parts = item.properties?.["data"]?.contentSchema ?? item;
  return html`<code>${type}</code>: a stream, each part of it ${typeOf(parts)}`;
}

function answer([status, { description, headers, content = {} }]: [string, Response]): Html {
  const told = Object.entries(headers).flatMap(([name, header]) => "description" in header ? [{ name, header }] : []);
  return html`
    <tr>
      <th scope="row"><span class="status">${status}</span></th>
      <td>${Object.entries(content).length > 0 ? Object.entries(content).map(media) : description}${told.map((
        { name, header },
      ) => html`<br><code>${name}</code> <span class="note">${line(header.description)}</span>`)}</td>
    </tr>
  `;
}

function sampleAnswer(responses: [string, Response][], { components }: Document): Html | undefined {
  const [status, response] = responses[0]!;
  const schema = response.content?.["application/json"]?.schema;
  return schema && html`
    <details>
      <summary>What ${status} looks like</summary>
      <pre tabindex="0">${shown(sampleOf(schema, components.schemas))}</pre>
    </details>
  `;
}

const isGood = ([status]: [string, unknown]) => Number(status) < 400;

/** The problems of an operation, the lowest status first. */
function problemRows({ responses }: Operation, { components }: Document): Html[] {
  const found = Object.entries(responses).filter((one) => !isGood(one)).map(([, response]) =>
    "$ref" in response ? components.responses[nameOf(response)]! : response
  );
  const types = found.flatMap(({ content }) => content!["application/problem+json"]!.schema.properties!["type"]!.enum!);
  return types.map((type) => {
    const name = String(type).replace("/problems/", "") as ProblemName;
    const [status, title] = problems[name];
    return html`
      <tr>
        <th scope="row"><span class="status">${status}</span> <code>${name}</code></th>
        <td>${title}</td>
      </tr>
    `;
  });
}

/** One operation: what it does, what it takes, what it answers, and how to ask for it. */
export function operationArticle({ method, path, operation }: Placed, api: Document): Html {
  const { operationId, parameters = [], requestBody } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  const good = Object.entries(operation.responses).filter(isGood) as [string, Response][];
  const limit = (operation.responses["429"] as Response | undefined)?.description.split("\n\n")[1];
  return html`<article id="${operationId}">
<h3><a href="#${operationId}">${operationId}</a></h3>
<p class="route"><span class="method ${method.toLowerCase()}">${method}</span> <code>${route(path)}</code></p>
${prose(operation.summary)}${prose(operation.description)}<p class="note">${line(whoMay(operation))} ${limit}</p>
${parameters.length > 0 && part("Parameters", table(parameters.map((one) => parameter(one, api))))}${
    body &&
    part(
      "Body",
      html`<p>${typeOf(body)}</p>${shape(api.components.schemas[nameOf(body)] ?? body)}`,
    )
  }${part("Answers", table(good.map(answer)))}${sampleAnswer(good, api)}<details><summary>Problems</summary>
${table(problemRows(operation, api))}<p class="note">Each is a <a href="#${
    anchor("Problem")
  }">Problem</a>.</p></details>
${part("Ask", html`<pre tabindex="0">${curl(method, path, operation, api.components.schemas)}</pre>`)}
</article>`;
}

import { nameOf, type Schema } from "../schemas.ts";
import { type Html, html, joined, line, prose } from "./html.ts";

export const anchor = (name: string) => `schema-${name}`;

const formats: Record<string, string> = { uuid: "UUID", "date-time": "time", uri: "URL" };

function bounds(least: number | undefined, most: number | undefined, unit: string): string {
  if (most === Number.MAX_SAFE_INTEGER) return least ? `, at least ${least}` : "";
  if (most !== undefined) return least ? `, ${least} to ${most}${unit}` : `, at most ${most}${unit}`;
  return least ? `, at least ${least}${unit}` : "";
}

function simpleType({ type, format = "", ...schema }: Schema): Html {
  if (type === "integer") return html`whole number${bounds(schema.minimum, schema.maximum, "")}`;
  if (type === "boolean") return html`true or false`;
  if (type === "null") return html`<code>null</code>`;
  if (type !== "string") return html`anything`;
  return html`${formats[format] ?? "text"}${bounds(schema.minLength, schema.maxLength, " characters")}`;
}

/** What kind of value this is, in words, with links to what has a name. */
export function typeOf(schema: Schema): Html {
  if (schema.$ref) return html`<a href="#${anchor(nameOf(schema))}">${nameOf(schema)}</a>`;
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return joined(options.map(typeOf), " or ");
  if ("const" in schema) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum) return joined(schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`), " or ");
  if (schema.type === "array") {
    return html`list of ${typeOf(schema.items!)}${bounds(schema.minItems, schema.maxItems, "")}`;
  }
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") return html`object of ${typeOf(additionalProperties)}`;
  return schema.type === "object" ? html`object` : simpleType(schema);
}

/** The object that a property holds without a name of its own: its properties are shown in the same table. */
function inner({ items, anyOf = [], ...schema }: Schema): Schema | undefined {
  return [schema, items, ...anyOf].find((one) => one?.properties);
}

const patternOf = ({ pattern }: Schema) =>
  pattern?.startsWith("^") && html`
    <span class="note">matches <code>${pattern}</code></span>
  `;

function rows({ properties = {}, required = [] }: Schema, prefix = ""): Html[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const row = html`
      <tr>
        <th scope="row"><code>${prefix}${name}</code>${!required.includes(name) && html`
          <span class="note">optional</span>
        `}</th>
        <td>${typeOf(schema)}${patternOf(schema)}${"default" in schema && html`
          <span class="note">left out: <code>${JSON.stringify(schema.default)}</code></span>
        `}${schema.description && html`
          <span class="note">${line(schema.description)}</span>
        `}</td>
      </tr>
    `;
    const within = inner(schema);
    return within ? [row, ...rows(within, `${prefix}${name}.`)] : [row];
  });
}

/** A schema as a table of its properties; one table for each of several shapes. */
export function shape(schema: Schema): Html {
  const options = schema.anyOf ?? schema.oneOf;
  if (options?.some(({ properties }) => properties)) return joined(options.map(shape), html`<p class="or">or</p>`);
  if (!schema.properties) return html`<p>${typeOf(schema)}${patternOf(schema)}</p>`;
  return html`
    <div class="scroll">
      <table class="shape">${rows(schema)}</table>
    </div>
  `;
}

/** A schema with a name: what it is, and what it looks like. */
export const namedSchema = ([name, schema]: [string, Schema]): Html =>
  html`<article id="${anchor(name)}">
<h3><a href="#${anchor(name)}">${name}</a></h3>
${prose(schema.description)}${shape(schema)}</article>`;

import type { Operation, Parameter } from "../operation.ts";
import { nameOf, type Schema } from "../schemas.ts";

const id = "0192f0c1-8a4e-7c3b-9d2f-5e6a7b8c9d0e";
const time = "2026-11-23T12:00:00.000Z";

/** Words for a text that has this name: `displayName` → "display name". */
const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A text, number or time that may be null, and is not so only for want of being said: an answer's usual null. */
const isUsuallyNull = ({ anyOf: [value, or] = [], ...schema }: Schema, named: Record<string, Schema>) =>
  or?.type === "null" && !("default" in schema) && !(named[nameOf(value!)] ?? value!).properties;

/** A value of this shape, the same each time. Parts that may be left out are left in. */
export function sampleOf(schema: Schema, named: Record<string, Schema>, name = "text"): unknown {
  const of = (schema: Schema, inner = name) => sampleOf(schema, named, inner);
  if (schema.$ref) return of(named[nameOf(schema)]!);
  if (isUsuallyNull(schema, named)) return null;
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return of(options.find((one) => one.type !== "null" && !("const" in one)) ?? options[0]!);
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.examples) return schema.examples[0];
  if (schema.format === "uuid") return id;
  if (schema.format === "date-time") return time;
  if (schema.format === "uri") return "https://example.org/picture.png";
  if (schema.type === "array") return [of(schema.items!)];
  if (schema.type === "boolean") return false;
  if (schema.type === "integer") return Math.max(schema.minimum ?? 0, 1);
  if (schema.type === "string") return schema.pattern?.startsWith("^\\+?") ? "+49 30 123456" : words(name);
  if (schema.type !== "object") return null;
  if (typeof schema.additionalProperties === "object" && !schema.properties) {
    return schema.propertyNames ? { [id]: of(schema.additionalProperties) } : {};
  }
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, part]) => [key, of(part, key)]));
}

/** As it stands in a URL: variables of the shell for ids, so that the line can be used again. */
function written({ name, schema }: Parameter, named: Record<string, Schema>): string {
  if (/Id$/.test(name)) return `$${words(name).toUpperCase().replace(" ", "_")}`;
  return encodeURIComponent([sampleOf(schema, named, name)].flat().join());
}

/** How to ask for it from a shell. */
export function curl(method: string, path: string, operation: Operation, named: Record<string, Schema>): string {
  const { parameters = [], requestBody, security } = operation;
  const inPath = Object.fromEntries(parameters.map((parameter) => [parameter.name, written(parameter, named)]));
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.required)
    .map((parameter) => `${parameter.name}=${written(parameter, named)}`).join("&");
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => inPath[name]!) + (query && `?${query}`);
  const schema = requestBody?.content["application/json"]?.schema;
  const isStream = "text/event-stream" in
    ((operation.responses["200"] as { content?: object } | undefined)?.content ?? {});
  return [
    `curl${isStream ? " -N" : ""}${method === "GET" ? "" : ` -X ${method}`} "$PARLEY${url}"`,
    ...security.flatMap((way) => "bearer" in way ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...security.flatMap((way) =>
      "session" in way ? ['-b "__Host-parley-session=$SESSION"', '-H "X-Parley: 1" -H "Origin: $PARLEY"'] : []
    ),
    ...(schema ? [`--json '${JSON.stringify(sampleOf(schema, named)).replaceAll("'", "’")}'`] : []),
  ].join(" \\\n  ");
}

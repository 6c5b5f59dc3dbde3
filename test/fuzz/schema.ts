import fc from "fast-check";
import type { Schema } from "../../knative/openapi/schemas.ts";
import { api } from "../contract.ts";

/** Ids of what is there, to be filled in when a request is sent: the world changes, the cases do not. */
export const known: fc.Arbitrary<string> = fc.tuple(fc.constantFrom("user", "room", "message"), fc.nat(3))
  .map(([kind, i]) => `$${kind}${i}$`);

const id = fc.oneof(
  { weight: 6, arbitrary: known },
  { weight: 3, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.uuid().map((id) => id.toUpperCase()) },
);

/** Text that fits, of whatever script. A pattern without an anchor wants one character that can be seen. */
function textOf({ format, pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === "uri") return fc.webUrl({ validSchemes: ["https"], withQueryParameters: true });
  if (pattern?.startsWith("^")) return fc.stringMatching(new RegExp(pattern));
  const most = Math.min(maxLength, 200);
  const units = ["grapheme-ascii", "grapheme", "grapheme-composite"] as const;
  const plain = fc.oneof(...units.map((unit) => fc.string({ unit, minLength, maxLength: most })))
    .map((text) => Array.from(text).slice(0, most).join(""));
  return pattern ? plain.map((text) => `x${Array.from(text).slice(1).join("")}`) : plain;
}

function numberOf({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema): fc.Arbitrary<number> {
  const small = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 100) });
  return fc.oneof(small, fc.constantFrom(minimum, maximum));
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const entries = Object.entries(properties).map(([name, schema]) => [name, valid(schema)]);
  return fc.record(Object.fromEntries(entries) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: required });
}

/** Values that have this shape of the document. */
export function valid(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return valid(api.components.schemas[schema.$ref.split("/").at(-1)!]!);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map(valid));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.examples) return fc.constantFrom(...schema.examples);
  if (schema.format === "uuid") return id;
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "integer") return numberOf(schema);
  if (schema.type === "string") return textOf(schema);
  const { minItems: minLength = 0, maxItems = 10 } = schema;
  if (schema.type === "array") return fc.array(valid(schema.items!), { minLength, maxLength: Math.min(maxItems, 10) });
  if (schema.type === "object") return objectOf(schema);
  throw new Error(`Cannot make values of ${JSON.stringify(schema)}`);
}

import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { docstringAbove } from "./docstring.ts";

/** A JSON Schema as OpenAPI 3.1 has it (draft 2020-12), as far as ours go. */
export interface Schema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  contentMediaType?: string;
  contentSchema?: Schema;
}

/** A file of schemas: what it exports, and its text. `answers`: they are what we give, as opposed to what we take. */
export interface SchemaFile {
  exports: object;
  source: string;
  answers: boolean;
}

type Mode = "input" | "output";

export const refTo = (name: string) => `#/components/schemas/${name}`;

/** The name at the end of a reference; empty where there is none. */
export const nameOf = ({ $ref = "" }: { $ref?: string }) => $ref.split("/").at(-1)!;

const isSchema = (value: unknown): value is GenericSchema =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "schema";

/** JSON Schema has no flags: every letter stands for both of its cases. Not for patterns with classes like `\d`. */
const anyCase = (pattern: string) =>
  pattern.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);

/** What a schema's checks and transformations cannot say in JSON Schema, its docstring says. */
const config = (typeMode: Mode): ConversionConfig => ({
  typeMode,
  target: "draft-2020-12",
  ignoreActions: ["check", "transform", "trim", "to_lower_case"],
  overrideRef: ({ referenceId }) => refTo(referenceId),
  overrideAction({ valibotAction, jsonSchema }) {
    const { requirement } = valibotAction as { requirement?: unknown };
    const isCaseless = requirement instanceof RegExp && requirement.flags === "i" && valibotAction.type === "regex";
    return isCaseless ? { ...jsonSchema, pattern: anyCase(requirement.source) } : undefined;
  },
});

const converted = (definitions: Record<string, GenericSchema>) => ({
  input: toJsonSchemaDefs(definitions, config("input")),
  output: toJsonSchemaDefs(definitions, config("output")),
});

/** Exported schemas by their names. What is sent as one type and read as another (a list in a query) is no one thing. */
function definitionsOf(files: readonly SchemaFile[]): Record<string, GenericSchema> {
  const all = files.flatMap(({ exports }) => Object.entries(exports).filter(([, value]) => isSchema(value)));
  const named = Object.fromEntries(all) as Record<string, GenericSchema>;
  if (Object.keys(named).length < all.length) throw new Error("Cannot name schemas: two share a name");
  const { input, output } = converted(named);
  return Object.fromEntries(Object.entries(named).filter(([name]) => input[name]!.type === output[name]!.type));
}

/** Every exported schema under its own name, described by its docstring; and how to write any other one with them. */
export function namedSchemas(files: readonly SchemaFile[]) {
  const definitions = definitionsOf(files);
  const sides = converted(definitions);
  const components = files.flatMap(({ exports, source, answers }) =>
    Object.keys(exports).filter((name) => name in definitions).map((name) => {
      const description = docstringAbove(source, `export const ${name} =`);
      return [name, { ...(description && { description }), ...sides[answers ? "output" : "input"][name] } as Schema];
    })
  );

  return {
    components: Object.fromEntries(components) as Record<string, Schema>,
    /** As callers send it (`input`) or get it (`output`): a reference when it has a name. */
    write(schema: GenericSchema, mode: Mode): Schema {
      const { $schema: _, $defs: __, ...written } = toJsonSchema(schema, { ...config(mode), definitions });
      return written as Schema;
    },
  };
}
export type Schemas = ReturnType<typeof namedSchemas>;

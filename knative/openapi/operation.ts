import type { Hono } from "hono";
import { STATUS_CODES } from "node:http";
import { type GenericSchema, is } from "valibot";
import { type Answer, describe } from "../../functions/lib/fn.ts";
import { docstringAbove, firstSentence } from "./docstring.ts";
import { byStatus, problemResponse } from "./problems.ts";
import type { Schema, Schemas } from "./schemas.ts";

/** A function as it lies in its folder: `chat/send-message`, and its text. */
export interface FunctionFile {
  file: string;
  // deno-lint-ignore no-explicit-any -- any function's environment
  app: Hono<any>;
  source: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  description?: string;
  style?: "form";
  explode?: boolean;
  schema: Schema;
}

export interface Media {
  schema: Schema;
  "x-itemSchema"?: Schema;
}

export type Header = { $ref: string } | { description: string; schema: Schema };

export interface Response {
  description: string;
  headers: Record<string, Header>;
  content?: Record<string, Media>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, never[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, Response | { $ref: string }>;
}

type Described = ReturnType<typeof describe>;
type Entries = Record<string, GenericSchema & { default?: unknown }>;

function pathParameters({ path, params }: Described, { write }: Schemas): Parameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => {
    const schema = params[name!];
    if (!schema) throw new Error(`Cannot describe ${path}: no step of the route declares "${name}"`);
    return { name: name!, in: "path", required: true, schema: write(schema, "input") };
  });
}

/** A parameter that is read as a number or a list is described as one: the form style writes digits and commas. */
function queryParameter(name: string, entry: Entries[string], { write }: Schemas): Parameter {
  const read = write(entry, "output");
  const required = entry.type !== "optional";
  if (read.type === "array") return { name, in: "query", required, style: "form", explode: false, schema: read };
  if (read.type !== "integer") return { name, in: "query", required, schema: write(entry, "input") };
  const usual = typeof entry.default === "string" && { default: Number(entry.default) };
  return { name, in: "query", required, schema: { ...read, ...usual } };
}

function queryParameters({ query }: Described, schemas: Schemas): Parameter[] {
  if (!query) return [];
  const object = "pipe" in query ? (query.pipe as GenericSchema[])[0]! : query;
  const { entries } = object as GenericSchema & { entries: Entries };
  return Object.entries(entries).map(([name, entry]) => queryParameter(name, entry, schemas));
}

/** What OpenAPI 3.2 calls `itemSchema`: 3.1 has no word for the parts of a stream. */
function streamed(contentType: string, parts: Schema): Media {
  if (contentType !== "text/event-stream") {
    return { schema: { description: "One JSON value a line.", type: "string" }, "x-itemSchema": parts };
  }
  const item: Schema = {
    type: "object",
    properties: {
      event: { description: "`hello` or `heartbeat`; the others have no name.", type: "string" },
      id: { type: "string" },
      data: { type: "string", contentMediaType: "application/json", contentSchema: parts },
    },
    required: ["data"],
  };
  return { schema: { description: "Server-sent events.", type: "string" }, "x-itemSchema": item };
}

function contentOf(answer: Answer, { write }: Schemas): Record<string, Media> | undefined {
  if (!answer) return undefined;
  if ("parts" in answer) return { [answer.contentType]: streamed(answer.contentType, write(answer.parts, "output")) };
  return { "application/json": { schema: write(answer, "output") } };
}

function goodResponses({ answers, headers }: Described, schemas: Schemas): [string, Response][] {
  const told = Object.entries(headers).map(([name, description]) =>
    [name, { description, schema: { type: "string" } }] as const
  );
  return Object.entries(answers).map(([status, answer]) => {
    const content = contentOf(answer, schemas);
    return [status, {
      description: `${STATUS_CODES[status]}.`,
      headers: { ...Object.fromEntries(told), "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
      ...(content && { content }),
    }];
  });
}

/** Problems by status: a reference to the one they all share, unless there is more to say here. */
function problemResponses({ problems, headers, limit }: Described): [string, Response | { $ref: string }][] {
  const cookies = headers["Set-Cookie"];
  return byStatus(problems).map(([status, names]) => {
    const text = status === 429 && limit ? `At most ${limit[0]} in ${limit[1]} seconds.` : undefined;
    if (names.length === 1 && !cookies && !text) return [`${status}`, { $ref: `#/components/responses/${names[0]}` }];
    const told = cookies && { headers: { "Set-Cookie": { description: cookies, schema: { type: "string" } } } };
    return [`${status}`, problemResponse(status, names, { text, ...told })];
  });
}

/** What a caller shows, each a way to be let in; a cookie needs the header that other sites cannot send. */
function securityOf({ shows, problems }: Described): Operation["security"] {
  const header = problems.includes("cross-site") && { csrf: [] };
  if (shows === "session") return [{ session: [], ...header }];
  return shows === "token" ? [{ bearer: [] }, { cookie: [], ...header }] : [];
}

/** The OpenAPI entry of one function, all of it from its file. */
export function operationOf({ file, app, source }: FunctionFile, schemas: Schemas) {
  const described = describe(app);
  const [tag, operationId] = file.split("/") as [string, string];
  const docstring = docstringAbove(source, "export default fn(");
  if (!docstring) throw new Error(`Cannot describe ${file}: there is no docstring above its export`);
  const [summary, description] = firstSentence(docstring);
  const parameters = [...pathParameters(described, schemas), ...queryParameters(described, schemas)];
  const { body } = described;

  const operation: Operation = {
    operationId,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: securityOf(described),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: !is(body, {}),
        content: { "application/json": { schema: schemas.write(body, "input") } },
      },
    }),
    responses: Object.fromEntries([...goodResponses(described, schemas), ...problemResponses(described)]),
  };
  return { path: described.path.replace(/:(\w+)/g, "{$1}"), method: described.method.toLowerCase(), operation };
}

import { cookies } from "../../functions/lib/cookies.ts";
import { maxBodyBytes } from "../../functions/lib/validate.ts";
import { type FunctionFile, type Header, type Operation, operationOf, type Response } from "./operation.ts";
import { problemResponses, ProblemSchema } from "./problems.ts";
import { namedSchemas, type Schema, type SchemaFile } from "./schemas.ts";

export interface Document {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  externalDocs: { description: string; url: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Response>;
    headers: Record<string, Exclude<Header, { $ref: string }>>;
    securitySchemes: Record<string, Record<string, string>>;
  };
}

const description = `
The whole API of one Parley, under one host. It speaks JSON; ids are UUIDs (new ones version 7), times ISO 8601 in UTC.

**Signed in** is who shows an access token of the identity provider, as bearer or in the cookie that signing in sets.
A browser that changes something by its cookie sends \`X-Parley: 1\` and an \`Origin\` of ours, which other sites
cannot.

**Problems** are RFC 9457, \`application/problem+json\`, with one \`type\` per cause. A room you are not in and a
user who does not exist are 404, so that nobody learns of what is not theirs. Nothing an operation may answer is left out here.

**Limits** hold everywhere: bodies of ${
  maxBodyBytes / 1024
} KiB, pages of 100, so many requests a minute for each person. Properties and
parameters that are not listed are ignored.

**Lists** come in pages: \`cursor\` is where the next one begins, and null on the last.

**Streams** have a schema for each of their parts under \`x-itemSchema\`, which means what OpenAPI 3.2 calls
\`itemSchema\`.
`.trim().replace(/(?<!\n)\n(?!\n)/g, " ");

const tags = {
  auth: "Sign in and out. These are for browsers; programs bring a token from the identity provider.",
  chat: "Rooms, who is in them, what is said there, and the stream of all that happens.",
  user: "Accounts, profiles, contacts, and who is there.",
};

const headers = {
  "X-Request-Id": { description: "The request's id, the caller's own if it sent one.", schema: { type: "string" } },
  "Retry-After": { description: "In how many seconds it is worth asking again.", schema: { type: "integer" } },
};

const onLocalhost = (name: string) => `On http://localhost its name is \`${name}\`.`;
const securitySchemes = {
  bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "An access token, good for minutes." },
  cookie: {
    type: "apiKey",
    in: "cookie",
    name: `__Host-${cookies.access}`,
    description: `The access token in the browser that signed in. ${onLocalhost(cookies.access)}`,
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: `__Host-${cookies.session}`,
    description: `The session of a browser that signed in. ${onLocalhost(cookies.session)}`,
  },
  csrf: {
    type: "apiKey",
    in: "header",
    name: "X-Parley",
    description: "Always `1`, and with it an `Origin` of ours: what another site cannot send.",
  },
};

type Components = { schemas: Record<string, Schema>; responses: Record<string, Response> };

/** Of these components, those that `value` refers to, by whatever way. */
function usedBy(value: unknown, all: Components): Components {
  const used: Components = { schemas: {}, responses: {} };
  function visit(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const [, kind, name] = (key === "$ref" && /^#\/components\/(schemas|responses)\/(.+)$/.exec(part)) || [];
      if (!kind) visit(part);
      else if (!used[kind as keyof Components][name!]) {
        visit(used[kind as keyof Components][name!] = all[kind as keyof Components][name!] as never);
      }
    }
  }
  visit(value);
  return used;
}

const sorted = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => one < other ? -1 : 1));

/** OpenAPI 3.1 of these functions, which name the schemas of these files. */
export function openapi(functions: readonly FunctionFile[], files: readonly SchemaFile[], version: string): Document {
  const schemas = namedSchemas(files);
  const paths: Document["paths"] = {};
  for (const file of functions) {
    const { path, method, operation } = operationOf(file, schemas);
    paths[path] = { ...paths[path], [method]: operation };
  }

  const all = { schemas: { ...schemas.components, Problem: ProblemSchema }, responses: problemResponses() };
  const used = usedBy(paths, all);
  const folders = [...new Set(functions.map(({ file }) => file.split("/")[0]!))] as (keyof typeof tags)[];
  return {
    openapi: "3.1.1",
    info: { title: "Parley", version, summary: "A chat you host yourself.", description },
    servers: [{ url: "/" }],
    tags: folders.map((name) => ({ name, description: tags[name] })),
    externalDocs: { description: "The same to be read", url: "/api/docs" },
    paths: sorted(paths),
    components: { schemas: sorted(used.schemas), responses: sorted(used.responses), headers, securitySchemes },
  };
}

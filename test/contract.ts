import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { readFileSync } from "node:fs";
import type { Document } from "../knative/openapi/document.ts";
import type { Operation, Response as Declared } from "../knative/openapi/operation.ts";
import type { Schema } from "../knative/openapi/schemas.ts";

/** What the API's document promises, as it is committed, and whether what was answered keeps it. */
export const api = JSON.parse(readFileSync("web/public/api/openapi.json", "utf8")) as Document;

export interface Known {
  method: string;
  /** As the document has it: `/api/rooms/{roomId}`. */
  path: string;
  operation: Operation;
}

/** Every operation of the document. */
export const operations: Known[] = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation }))
);

/** Fixed parts before parameters, as routes are found: `{` sorts after every letter. */
const routes = operations.toSorted((one, other) => one.path < other.path ? -1 : 1)
  .map((known) => ({ ...known, pattern: new RegExp(`^${known.path.replace(/\{\w+\}/g, "[^/]+")}$`) }));

/** The operation that answers a request; nothing when there is none. */
export function operationAt(method: string, url: string): Known | undefined {
  const { pathname } = new URL(url, "http://localhost");
  return routes.find((route) => route.method === method && route.pattern.test(pathname));
}

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: fullFormats });
ajv.addSchema({ $id: "parley", components: api.components });

const compiled = new Map<Schema, ReturnType<typeof ajv.compile>>();

/** What of `value` does not have this shape of the document; nothing when all does. */
export function faults(schema: Schema, value: unknown): string | undefined {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"parley#/components')));
    compiled.set(schema, validate);
  }
  if (validate(value)) return undefined;
  return validate.errors!.map(({ instancePath, message, params }) =>
    `${instancePath || "it"} ${message} ${params["additionalProperty"] ?? ""}`.trim()
  ).join("; ");
}

/** An answer of an operation as the document has it, if it has it. */
export function declared({ operation }: Known, status: number): Declared | undefined {
  const found = operation.responses[status];
  if (!found || !("$ref" in found)) return found;
  return api.components.responses[found.$ref.replace("#/components/responses/", "")];
}

/** The media type of an answer, without what follows it. */
const essence = (res: Response) => res.headers.get("content-type")?.split(";")[0] ?? "none";

/** Headers that tell a caller what to do. Whoever sends one must have said so. */
const telling = ["location", "retry-after", "set-cookie"];

async function faultOf(res: Response, promise: Declared | undefined): Promise<string | undefined> {
  if (!promise) return `an undeclared status: ${await res.clone().text()}`;
  const names = Object.keys(promise.headers).map((name) => name.toLowerCase());
  const untold = telling.find((name) => res.headers.has(name) && !names.includes(name));
  if (untold) return `an undeclared header: ${untold}`;
  if (!promise.content) {
    return res.body && await res.clone().text() !== "" ? "a body where none is declared" : undefined;
  }
  const media = promise.content[essence(res)];
  if (!media) return `an undeclared type: ${essence(res)}`;
  if (media["x-itemSchema"]) return undefined; // its parts are checked by who reads them
  return faults(media.schema, await res.clone().json());
}

/** Throws when an answer to a request is none that the document declares. What is no operation answers as it likes. */
export async function keepsContract(method: string, url: string, res: Response): Promise<void> {
  const known = operationAt(method, url);
  const fault = known && await faultOf(res, declared(known, res.status));
  if (fault) throw new Error(`${known.operation.operationId} answered ${res.status} with ${fault}`);
}

/** Throws when a part of an operation's stream, parsed, is none that the document declares. */
export function keepsPart(operationId: string, part: unknown): void {
  const known = operations.find(({ operation }) => operation.operationId === operationId)!;
  const [media] = Object.values(declared(known, 200)?.content ?? {});
  const item = media?.["x-itemSchema"];
  const fault = item ? faults(item.properties?.["data"]?.contentSchema ?? item, part) : "no stream is declared";
  if (fault) throw new Error(`${operationId} sent ${JSON.stringify(part)}: ${fault}`);
}

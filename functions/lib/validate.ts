import type { MiddlewareHandler } from "hono";
import * as v from "valibot";
import { type Issue, problem, type ProblemName } from "./problem.ts";

/** The largest body any operation reads, in bytes. */
export const maxBodyBytes = 64 * 1024;

type Schema = v.GenericSchema;
type Valid<Target extends string, S extends Schema> = MiddlewareHandler<
  // deno-lint-ignore no-explicit-any -- hono's own "any environment", so that it joins a handler's
  any,
  string,
  { in: { [K in Target]: v.InferInput<S> }; out: { [K in Target]: v.InferOutput<S> } }
>;

const issues = (found: readonly v.BaseIssue<unknown>[]): Issue[] =>
  found.slice(0, 20).map((issue) => ({ path: v.getDotPath(issue) ?? "", message: issue.message }));

function parse<S extends Schema>(schema: S, input: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, input, { abortPipeEarly: true });
  if (!result.success) throw problem("invalid-request", { errors: issues(result.issues) });
  return result.output;
}

/** Read at most `maxBodyBytes`, whatever Content-Length says. */
async function readBody(request: Request): Promise<ArrayBuffer> {
  if (Number(request.headers.get("content-length")) > maxBodyBytes) throw problem("body-too-large");
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBodyBytes) throw problem("body-too-large");
    chunks.push(chunk);
  }
  return await new Blob(chunks).arrayBuffer();
}

/**
 * Take a JSON object as body; no body at all is an empty object.
 * Throws `not-json`, `body-too-large`, `malformed-body`, `invalid-request`.
 */
export function json<S extends Schema>(schema: S): Valid<"json", S> {
  return async (c, next) => {
    const body = await readBody(c.req.raw);
    const isEmpty = body.byteLength === 0;
    if (!isEmpty && !/^application\/json\b/i.test(c.req.header("content-type") ?? "")) throw problem("not-json");
    let input: unknown;
    try {
      input = isEmpty ? {} : JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    } catch {
      throw problem("malformed-body");
    }
    if (Array.isArray(input)) throw problem("invalid-request", { detail: "The body is a list, not an object" });
    c.req.addValidatedData("json", parse(schema, input) as object);
    await next();
  };
}

/** Take the query string. Throws `invalid-request`. */
export function query<S extends Schema>(schema: S): Valid<"query", S> {
  return async (c, next) => {
    c.req.addValidatedData("query", parse(schema, c.req.query()) as object);
    await next();
  };
}

const absent = {
  roomId: "room-not-found",
  userId: "user-not-found",
  messageId: "message-not-found",
} as const satisfies Record<string, ProblemName>;

/** A UUID as we print it. Elsewhere it may be written otherwise; in a path, one thing has one name. */
const canonicalId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids in a path that we would not print name nothing that exists: 404, the same as for a stranger. */
export const ids: MiddlewareHandler = async (c, next) => {
  const params: Record<string, string> = c.req.param();
  for (const [name, code] of Object.entries(absent)) {
    if (params[name] !== undefined && !canonicalId.test(params[name])) throw problem(code);
  }
  await next();
};

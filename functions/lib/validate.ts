import type { MiddlewareHandler } from "hono";
import * as v from "valibot";
import { type Issue, problem, type ProblemName } from "./problem.ts";
import { step } from "./step.ts";

/** The largest body any operation reads, in bytes, and how long it may take to arrive, in milliseconds. */
export const maxBodyBytes = 64 * 1024;
export const maxBodyMs = 10_000;

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

/** Read at most `maxBodyBytes`, whatever Content-Length says, for at most `maxBodyMs`, however little comes at a time. */
async function readBody(request: Request): Promise<ArrayBuffer> {
  if (Number(request.headers.get("content-length")) > maxBodyBytes) throw problem("body-too-large");
  if (!request.body) return new ArrayBuffer();
  const reader = request.body.getReader();
  const read = () =>
    reader.read().catch(() => {
      throw problem("malformed-body", { detail: "It broke off" });
    });
  const late = AbortSignal.timeout(maxBodyMs);
  const giveUp = () => void reader.cancel().catch(() => {}); // the read under way ends
  late.addEventListener("abort", giveUp);
  try {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for (let part = await read(); !part.done; part = await read()) {
      size += part.value.length;
      if (size > maxBodyBytes) throw problem("body-too-large");
      chunks.push(part.value);
    }
    if (late.aborted) throw problem("body-too-slow");
    return await new Blob(chunks).arrayBuffer();
  } finally {
    late.removeEventListener("abort", giveUp); // else it would hold this body as long as it runs
  }
}

const bodyProblems = ["not-json", "body-too-large", "body-too-slow", "malformed-body", "invalid-request"] as const;

/**
 * Take a JSON object as body; no body at all is an empty object.
 * Throws `not-json`, `body-too-large`, `body-too-slow`, `malformed-body`, `invalid-request`.
 */
export function json<S extends Schema>(schema: S): Valid<"json", S> {
  return step({ body: schema, problems: () => bodyProblems }, async (c, next) => {
    const body = await readBody(c.req.raw);
    const isEmpty = body.byteLength === 0;
    if (!isEmpty && !/^application\/json *(;|$)/i.test(c.req.header("content-type") ?? "")) throw problem("not-json");
    let input: unknown;
    try {
      input = isEmpty ? {} : JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    } catch {
      throw problem("malformed-body");
    }
    if (Array.isArray(input)) throw problem("invalid-request", { detail: "The body is a list, not an object" });
    c.req.addValidatedData("json", parse(schema, input) as object);
    await next();
  });
}

/** Take the query string. Throws `invalid-request`. */
export function query<S extends Schema>(schema: S): Valid<"query", S> {
  return step({ query: schema, problems: () => ["invalid-request"] }, async (c, next) => {
    c.req.addValidatedData("query", parse(schema, c.req.query()) as object);
    await next();
  });
}

const absent = {
  roomId: "room-not-found",
  userId: "user-not-found",
  messageId: "message-not-found",
} as const satisfies Record<string, ProblemName>;

/** A UUID as we print it. Elsewhere it may be written otherwise; in a path, one thing has one name. */
export const canonicalId: RegExp = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PathId = v.pipe(v.string(), v.uuid(), v.regex(canonicalId));
const pathIds = Object.fromEntries(Object.keys(absent).map((name) => [name, PathId]));

const absentIn = (path: string) =>
  Object.entries(absent).flatMap(([name, code]) => path.includes(`:${name}`) ? code : []);

/** Ids in a path that we would not print name nothing that exists: 404, the same as for a stranger. */
export const ids: MiddlewareHandler = step({
  params: pathIds,
  problems: ({ path }) => absentIn(path),
}, async (c, next) => {
  const params: Record<string, string> = c.req.param();
  for (const [name, code] of Object.entries(absent)) {
    if (params[name] !== undefined && !canonicalId.test(params[name])) throw problem(code);
  }
  await next();
});

import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import { Hono } from "hono/tiny";
import type { GenericSchema } from "valibot";
import { errorFields, log } from "./log.ts";
import { track, watchSignals } from "./lifecycle.ts";
import { clientOf, type Need } from "./needs.ts";
import { Problem, problem, type ProblemName } from "./problem.ts";
import { optionalSetting } from "./settings.ts";
import { declaredBy } from "./step.ts";

/** A good answer's body: of this shape as JSON, nothing, or a stream of this type whose parts have this shape. */
export type Answer = GenericSchema | null | { contentType: string; parts: GenericSchema };

/** What one operation says of itself beside its route. The manifest, permissions, policies and OpenAPI are derived from it. */
export interface Spec<Needs extends readonly Need[] = readonly Need[]> {
  needs: Needs;
  /** What it answers when all goes well, by status. */
  answers?: Record<number, Answer>;
  /** Headers of those answers that a caller should know, by name, and what each says. Cookies stand on problems too. */
  headers?: Record<string, string>;
  /** The problems it throws itself; those of its middlewares are known. */
  problems?: readonly ProblemName[];
  /**
   * `max` pods, and the concurrent requests per pod (`target`) that Knative aims at. `hot`: people wait for it while they
   * talk, so that where it may cost a little, one pod stays.
   */
  scale?: { max?: number; target?: number; hot?: true };
  /** The longest one request may take, in seconds: Knative's hard limit. 60 unless said. */
  timeoutSeconds?: number;
  /** When the web client is about to ask for it without being told to, so that it wakes it in time. */
  wokenAt?: Moment;
}

/** A page of somebody who is signed in opens, on a conversation; or a page that offers to sign in. */
export type Moment = "visit" | "sign-in";

type Clients<Needs extends readonly Need[]> = {
  [N in Needs[number] as N["key"]]: N extends Need<string, infer Client> ? Client : never;
};

export interface Env<Needs extends readonly Need[] = readonly Need[]> {
  Variables: Clients<Needs> & { requestId: string; me?: { id: string } };
}

const specs = new WeakMap<object, Spec>();
let isCold = true;

/** What any function may answer, whatever it does. */
const anyProblem = ["internal", "unavailable"] as const;

/** Everything that is known of a function: its spec and its one route, with all that the steps of the route declare. */
// deno-lint-ignore no-explicit-any -- any function's environment
export function describe(app: Hono<any>) {
  const spec = specs.get(app);
  if (!spec) throw new Error("Cannot describe this app: it was not made by fn()");
  const routes = app.routes.filter(({ method, path }) => method !== "ALL" && path !== "/healthz");
  const [route] = routes;
  if (!route || routes.some(({ method, path }) => method !== route.method || path !== route.path)) {
    throw new Error("Cannot describe this function: it must have exactly one route");
  }
  const steps = routes.map(({ handler }) => declaredBy(handler));
  const stepProblems = steps.flatMap(({ problems }) => problems?.(route) ?? []);
  return {
    method: route.method,
    path: route.path,
    needs: [...new Set<Need>([...spec.needs, ...steps.flatMap(({ needs }) => needs ?? [])])],
    answers: spec.answers ?? {},
    problems: [...new Set<ProblemName>([...stepProblems, ...spec.problems ?? [], ...anyProblem])],
    headers: spec.headers ?? {},
    shows: steps.find(({ shows }) => shows)?.shows,
    limit: steps.find(({ limit }) => limit)?.limit,
    body: steps.find(({ body }) => body)?.body,
    query: steps.find(({ query }) => query)?.query,
    params: Object.assign({}, ...steps.map(({ params }) => params)) as Record<string, GenericSchema>,
    scale: spec.scale ?? {},
    timeoutSeconds: spec.timeoutSeconds ?? 60,
    wokenAt: spec.wokenAt,
  };
}

/** Postgres or the network is gone, as opposed to a statement that is wrong. */
const lost = /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|CONNECT|57P0|53300|08)/;

/** A value that Postgres will not have: a data exception or a check. The caller sent it, whichever schema let it pass. */
const unfit = /^(22...|23514)$/;

/** What the functions and triggers of our migrations raise. */
const raised: Record<string, ProblemName> = {
  PY403: "account-deactivated",
  PY404: "user-not-found",
  PY409: "room-id-taken",
};

function answerTo(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return problem("invalid-request", { detail: error.message });
  }
  const code = String((error as { code?: unknown }).code ?? "");
  if (raised[code]) return problem(raised[code]);
  if (unfit.test(code)) return problem("invalid-request");
  return lost.test(code) ? problem("unavailable", { headers: { "retry-after": "1" } }) : problem("internal");
}

/** Request id, log line, timing and the needs' clients: what surrounds every operation. */
const around = (needs: readonly Need[]): MiddlewareHandler<Env> => async (c, next) => {
  const startedAt = performance.now();
  const cold = isCold ? `, cold;dur=${startedAt.toFixed(1)}` : ""; // performance.now() counts from process start
  isCold = false;
  watchSignals();

  const given = c.req.header("x-request-id");
  const requestId = given && /^[\w.-]{1,64}$/.test(given) ? given : crypto.randomUUID();
  c.set("requestId", requestId);
  for (const need of needs) c.set(need.key as never, clientOf(need) as never);

  await track(next());
  if (c.req.method === "HEAD") await c.res.body?.cancel(); // Hono runs GET and drops the body, a stream's too

  const ms = performance.now() - startedAt;
  c.res.headers.set("x-request-id", requestId);
  c.res.headers.set("server-timing", `app;dur=${ms.toFixed(1)}${cold}`);
  if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  log(c.res.status >= 500 ? "error" : "info", "request", {
    requestId,
    traceparent: c.req.header("traceparent"),
    service: optionalSetting("K_SERVICE"),
    route: `${c.req.method} ${routePath(c, -1)}`,
    userId: c.var.me?.id,
    status: c.res.status,
    ms: Math.round(ms * 10) / 10,
  });
};

/**
 * Begin a function: `export default fn({ needs: [chatDb] }).get("/api/rooms", signedIn, async (c) => …)`.
 * It answers `GET /healthz` without touching a need, gives each request its clients in `c.var`, logs one line, and turns
 * what is thrown into problem+json. Importing it does nothing: no connection, no environment read, no timer.
 */
export function fn<const Needs extends readonly Need[]>(spec: Spec<Needs>) {
  const app = new Hono<Env<Needs>>();
  specs.set(app, spec);

  app.get("/healthz", (c) => c.text("ok"));
  app.use("*", around(spec.needs) as never);

  app.notFound((c) => problem("not-found").answer(c as Context));
  app.onError((error, c) => {
    const known = answerTo(error);
    if (known !== error) {
      log(known.status >= 500 ? "error" : "warn", "failed", { requestId: c.var.requestId, ...errorFields(error) });
    }
    return known.answer(c as Context);
  });

  return app;
}

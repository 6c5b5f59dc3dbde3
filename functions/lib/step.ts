import type { MiddlewareHandler } from "hono";
import type { GenericSchema } from "valibot";
import type { Need } from "./needs.ts";
import type { ProblemName } from "./problem.ts";

/** What a step of a route says of itself, so that a route which uses it need not say it again. */
export interface Declared {
  needs?: readonly Need[];
  /** What it may throw, on a route of this method and path. */
  problems?: (route: { method: string; path: string }) => readonly ProblemName[];
  /** What the caller shows of who they are: an access token (bearer or cookie), or the cookie of a session. */
  shows?: "token" | "session";
  /** How often one person may ask: [requests, per seconds]. */
  limit?: readonly [number, number];
  /** What it takes: a body, a query string, parts of the path by their names. */
  body?: GenericSchema;
  query?: GenericSchema;
  params?: Record<string, GenericSchema>;
}

const declared = Symbol("declared");

/** A middleware that says what it is: OpenAPI, permissions and manifests read it from the route. */
// deno-lint-ignore no-explicit-any -- hono's own "any environment", so that it joins a handler's
export const step = <Step extends MiddlewareHandler<any, any, any>>(says: Declared, run: Step): Step =>
  Object.assign(run, { [declared]: says });

/** What a handler of a route has declared: nothing, unless `step` made it. */
export const declaredBy = (handler: unknown): Declared => (handler as { [declared]?: Declared })[declared] ?? {};

import type { Hono } from "hono";
import type { ExtractSchema } from "hono/types";
import sendMessage from "./chat/send-message.ts";

/**
 * Every function, by name. The local gateway, the generator, OpenAPI and the client's types come from this list; a test
 * fails when a file is missing from it.
 */
export const functions = {
  "chat/send-message": sendMessage,
};

export type FunctionName = keyof typeof functions;

/** What `hc<Api>("/")` is typed by: all routes as one app. */
// deno-lint-ignore no-explicit-any -- hono's own "any environment"
export type Api = Hono<any, ExtractSchema<(typeof functions)[FunctionName]>, "/">;

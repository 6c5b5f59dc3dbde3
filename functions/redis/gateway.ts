import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { HonoRequest } from "hono";
import { bodyLimit } from "hono/body-limit";
import { errorFields, log } from "../lib/log.ts";
import { commandOfUrl, parseCommand, parseCommands, permit } from "./command.ts";
import { encodeReply } from "./encode.ts";
import { fanout } from "./fanout.ts";
import { scriptTranslator } from "./scripts.ts";
import { type Command, CommandError, type Kind, type Reply, type Upstream, UpstreamError } from "./contract.ts";

/** Upstash's own limit for one request. */
const maxBodyBytes = 10 * 1024 * 1024;

const digest = (text: string) => createHash("sha256").update(text).digest();

/** The token of a request: a bearer header, or `?_token=` for clients that cannot set headers. */
const tokenOf = (req: HonoRequest) =>
  req.header("authorization")?.replace(/^Bearer /i, "") ?? req.query("_token") ?? "";

const encodingOf = (req: HonoRequest) => req.header("upstash-encoding") === "base64" ? "base64" : "plain";

async function jsonOf(req: HonoRequest): Promise<unknown> {
  const text = await req.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError("ERR failed to parse command: the body is not JSON");
  }
}

/**
 * The Upstash REST protocol in front of a Redis: `POST /`, `/pipeline` and `/multi-exec`, commands as paths, and
 * subscriptions as server-sent events. 401 without the token, 400 with `{error}` when Redis or the parser says no, 413
 * above 10 MiB, 503 while Redis is away. `GET /healthz` tells only that this process lives: while Redis is away it is
 * better to say so than to be restarted.
 */
export function restGateway({ upstream, token }: { upstream: Upstream; token: string }): Hono {
  if (!token) throw new Error("Cannot open the Redis gateway: the token is empty");
  const expected = digest(token); // of equal length whatever is sent, so the comparison takes the same time
  const listen = fanout(upstream);
  const translate = scriptTranslator();
  const prepare = (command: Command) => translate(permit(command));
  const run = async (command: Command) => await upstream.command(prepare(command));

  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof CommandError) return c.json({ error: error.message }, 400);
    if (error instanceof UpstreamError) return c.json({ error: error.message }, 503);
    log("error", "redis gateway failed", errorFields(error));
    return c.json({ error: "ERR internal error" }, 500);
  });

  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.use(async (c, next) => {
    if (!timingSafeEqual(digest(tokenOf(c.req)), expected)) return c.json({ error: "Unauthorized" }, 401);
    await next();
  });
  app.use(bodyLimit({
    maxSize: maxBodyBytes,
    onError: (c) => c.json({ error: `ERR max request size exceeded: ${maxBodyBytes} bytes` }, 413),
  }));

  app.post("/", async (c) => {
    const reply = await run(parseCommand(await jsonOf(c.req)));
    return c.json({ result: encodeReply(reply, encodingOf(c.req)) });
  });

  app.post("/pipeline", async (c) => {
    const encoding = encodingOf(c.req);
    const replies = await Promise.allSettled(parseCommands(await jsonOf(c.req)).map(run));
    return c.json(
      replies.map((reply) =>
        reply.status === "fulfilled" ? { result: encodeReply(reply.value, encoding) } : { error: refusal(reply.reason) }
      ),
    );
  });

  app.post("/multi-exec", async (c) => {
    const encoding = encodingOf(c.req);
    const replies = await upstream.multi(parseCommands(await jsonOf(c.req)).map(prepare));
    return c.json(
      replies.map((reply: Reply) =>
        reply instanceof Error ? { error: reply.message } : { result: encodeReply(reply, encoding) }
      ),
    );
  });

  app.on(["GET", "POST"], "/:kind{subscribe|psubscribe}/:name", async (c) => {
    const { kind, name } = c.req.param();
    return c.body(await listen(kind as Kind, name), 200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
  });

  app.on(["GET", "POST", "PUT"], "/*", async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    const reply = await run(commandOfUrl(new URL(c.req.url), body));
    return c.json({ result: encodeReply(reply, encodingOf(c.req)) });
  });

  app.all("/*", (c) => c.json({ error: "Method Not Allowed" }, 405));
  return app;
}

/** What a failed command of a pipeline says in its place; anything that is no refusal fails the whole request. */
function refusal(error: unknown): string {
  if (error instanceof CommandError || error instanceof UpstreamError) return error.message;
  throw error;
}

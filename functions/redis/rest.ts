import type { Hono } from "hono";
import { onClose, watchSignals } from "../lib/lifecycle.ts";
import { optionalSetting, setting } from "../lib/settings.ts";
import { restGateway } from "./gateway.ts";
import { memoryUpstream } from "./memory.ts";
import { realUpstream } from "./upstream.ts";

let gateway: Hono | undefined;

/** Settings are read at the first request, never at import. Without `REDIS_URL` the data lives in this process. */
function open(): Hono {
  const token = setting("UPSTASH_REDIS_REST_TOKEN");
  const url = optionalSetting("REDIS_URL");
  const upstream = url ? realUpstream(url) : memoryUpstream();
  onClose(() => upstream.close());
  watchSignals();
  return restGateway({ upstream, token });
}

/** The Redis REST gateway, as `deno serve` runs it. */
export default { fetch: (request: Request): Response | Promise<Response> => (gateway ??= open()).fetch(request) };

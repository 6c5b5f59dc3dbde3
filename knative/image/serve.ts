import { watchSignals } from "../../functions/lib/lifecycle.ts";
import { log } from "../../functions/lib/log.ts";

/** What a function's file exports, and the other services' too. */
interface App {
  fetch: (request: Request) => Response | Promise<Response>;
}

/**
 * Serve on PORT, 8080 unless said: what `deno serve` does, without its extra set-up. The process watches for SIGTERM from
 * the start, not from the first request: in a container it is the first process, which the kernel ends by no signal
 * that it does not handle.
 */
export function serve(app: App): void {
  Deno.serve({
    hostname: "0.0.0.0",
    port: Number(Deno.env.get("PORT") || 8080),
    onListen: ({ port }) => {
      watchSignals();
      log("info", "listening", { port });
    },
  }, (request) => app.fetch(request));
}

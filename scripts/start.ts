import path from "node:path";
import process from "node:process";
import { drain, host } from "../functions/lib/lifecycle.ts";
import { errorFields, log, logTo } from "../functions/lib/log.ts";
import web from "../functions/web/serve.ts";
import { banner } from "./start/banner.ts";
import { checkDataDir, checkNode, checkPort } from "./start/checks.ts";
import { Fault } from "./start/fault.ts";
import { gateway } from "./start/gateway.ts";
import { listen } from "./start/listen.ts";
import { lock } from "./start/lock.ts";
import { logFile } from "./start/log-file.ts";
import { type Options, readOptions, usage } from "./start/options.ts";
import { watchParent } from "./start/parent.ts";
import { putSettings, startParts } from "./start/parts.ts";
import { killChildren } from "./start/processes.ts";
import { stopping } from "./start/stopping.ts";
import { terminal } from "./start/terminal.ts";
import { webRoot } from "./start/web-client.ts";

/** How long requests under way may still take when we stop, in milliseconds. */
const graceMs = 500;

const screen = terminal();
const life = stopping({ begun: () => screen.say("  Stopping …"), force: killChildren });

/** End with one sentence, or, for what we did not foresee, with all that is known of it. */
function fail(error: unknown): void {
  if (life.isStopping()) return; // what fails now fails because we stop
  screen.fault(error instanceof Fault ? error.message : `Something unforeseen: ${(error as Error)?.stack ?? error}`);
  void life.stop(1);
}

/** One request's forgotten promise must not take everybody's house down. */
function outlive(event: PromiseRejectionEvent): void {
  event.preventDefault();
  log("error", "unhandled", errorFields(event.reason));
}

async function start(options: Options): Promise<void> {
  const { dataDir, publicUrl, port } = options;
  checkNode();
  checkDataDir(dataDir);
  await lock(dataDir, publicUrl); // before the port, which an instance that is just stopping may still hold
  await checkPort(port);
  watchParent(() => life.stop(0));
  host();
  logTo(logFile(path.join(dataDir, "functions.log")));
  globalThis.addEventListener("unhandledrejection", outlive);

  const parts = await startParts({ options, terminal: screen, lost: fail, onStop: life.onStop });
  putSettings(parts, publicUrl, webRoot);
  const server = listen(port, gateway({ publicUrl, identityUrl: parts.provider.embeddedUrl, web }));
  // Streams end when drain tells them to, so the two go together.
  life.onStop(() => Promise.all([server.stop(graceMs), drain(graceMs)]));
  banner(screen, { options, parts: parts.rows, seconds: performance.now() / 1000 });
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") screen.say(usage);
  else await start(options);
} catch (error) {
  fail(error);
}

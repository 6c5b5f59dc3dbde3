import { Fault } from "../start/fault.ts";
import { enter, leave } from "./cast.ts";
import { type Check, makeChecks, must } from "./checks.ts";
import { idle } from "./cluster/kubectl.ts";
import { catchUp, heartbeat } from "./conversation/catch-up.ts";
import { people } from "./conversation/people.ts";
import { type Actor, openScene } from "./conversation/scene.ts";
import { talk } from "./conversation/talk.ts";
import { edge } from "./edge/edge.ts";
import { headers } from "./edge/headers.ts";
import { makeJournal } from "./journal.ts";
import { measure } from "./latency.ts";
import type { Options } from "./options.ts";
import type { Report } from "./report.ts";

/** The origin where people end up who open this address. Throws `Fault` when nobody answers there. */
async function homeOf(url: URL): Promise<URL> {
  try {
    const response = await fetch(url, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(60_000) });
    await response.body?.cancel();
    return new URL(new URL(response.url).origin);
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Fault(`Cannot reach ${url.href}: ${(cause as Error | undefined)?.message ?? message}`);
  }
}

interface Surroundings {
  /** Hears of each check when it is done. */
  tell?: (check: Check) => void;
  /** Aborts to clean up and come to an end. */
  over?: AbortSignal;
}

/** Have a real conversation at a deployed Parley, and look at what surrounds it. */
export async function verify(
  options: Options,
  { tell = () => {}, over = new AbortController().signal }: Surroundings = {},
): Promise<Report> {
  const startedAt = new Date();
  const base = await homeOf(options.url);
  const checks = makeChecks({ tell, over }), journal = makeJournal();
  const cookieLines: string[] = [], actors: Actor[] = [], rooms: string[] = [];
  const cast = { base, journal, cookieLines };

  // In this order, so that the first call of each operation is the one that finds it asleep.
  await checks.group("sign-in")("two people come in by the real sign-in", async () => {
    for (const who of options.people ?? ["ada", "grace"]) actors.push(await enter(cast, who));
    return actors.map(({ displayName }) => displayName).join(", ");
  });
  const [ada, grace] = actors;
  if (ada && grace) {
    const scene = openScene(ada, grace, rooms);
    const conversation = checks.group("conversation");
    try {
      await talk(conversation, scene);
      await people(conversation, scene);
      await catchUp(conversation, scene);
      const time = checks.group("time");
      await measure(time, scene, options.samples, over);
      await heartbeat(time, scene);
    } finally {
      scene.deafen();
    }
  }
  await leave(checks.group("cleanup"), actors, rooms);

  await headers(checks.group("browser"), base, cookieLines);
  await edge(checks.group("edge"), base, options.namespace);
  await checks.group("edge")("nothing answered with a fault of its own (5xx)", () => {
    const faults = journal.calls.filter(({ status }) => status >= 500);
    const named = [...new Set(faults.map(({ operation, status }) => `${operation} ${status}`))];
    must(faults.length === 0, `${faults.length} of ${journal.calls.length}: ${named.join(", ")}`);
    return Promise.resolve(`${journal.calls.length} answers`);
  });
  const pods = await idle(checks.group("cluster"), {
    namespace: options.namespace,
    minutes: options.idleMinutes,
    over,
  });

  return {
    url: base.origin,
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    checks: checks.all,
    latencies: journal.latencies(),
    pods,
  };
}

import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { must, Skip, type Try } from "../checks.ts";
import { awake, type List, type Pods, podsOf } from "./pods.ts";

/** How often the cluster is asked, in milliseconds. */
const everyMs = 5_000;

/** Room for the JSON of all pods, in bytes. */
const maxBuffer = 64 * 1024 * 1024;

async function get(namespace: string, ...args: string[]): Promise<List> {
  const all = ["get", ...args, "--namespace", namespace, "--output", "json", "--request-timeout", "10s"];
  const { stdout } = await promisify(execFile)("kubectl", all, { maxBuffer });
  return JSON.parse(stdout) as List;
}

/** The functions of a namespace and their pods, as kubectl sees them now. Throws `Skip` when it sees none. */
export async function lookAtPods(namespace: string): Promise<Pods[]> {
  try {
    const [services, pods] = await Promise.all([
      get(namespace, "services.serving.knative.dev"),
      get(namespace, "pods", "--selector", "serving.knative.dev/service"),
    ]);
    if (services.items.length > 0) return podsOf(services, pods);
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string };
    const why = code === "ENOENT" ? "it is not installed" : stderr?.trim().split("\n")[0] ?? String(error);
    throw new Skip(`kubectl does not say: ${why}`);
  }
  throw new Skip(`kubectl sees no Knative Service in the namespace ${namespace}`);
}

/** Wait until nobody's pods are left, and give those that were seen at first and at last. */
export async function idle(
  check: Try,
  { namespace, minutes, over }: { namespace: string; minutes: number; over: AbortSignal },
) {
  let first: Pods[] = [], last: Pods[] = [];
  await check("when nobody asks, no pod is left", async () => {
    if (minutes === 0) throw new Skip("not waited for: --idle-minutes 0");
    const startedAt = performance.now();
    first = last = await lookAtPods(namespace);
    while (awake(last).length > 0 && performance.now() - startedAt < minutes * 60_000) {
      await sleep(everyMs, undefined, { signal: over });
      last = await lookAtPods(namespace);
    }
    const left = awake(last).map(({ service, count, least }) => `${service} ${count}${least ? ` of ${least}` : ""}`);
    must(left.length === 0, `after ${minutes} min there are: ${left.join(", ")}`);
    const kept = last.reduce((sum, { least }) => sum + least, 0);
    return `after ${Math.round((performance.now() - startedAt) / 1000)} s${
      kept ? `; ${kept} are kept on purpose` : ""
    }`;
  });
  return { first, last };
}

import { context } from "./names.ts";
import type { Step } from "./step.ts";
import type { Chart } from "./versions.ts";

/** kubectl on our cluster and no other. */
export const kubectl = (...args: string[]): string[] => ["kubectl", "--context", context, ...args];

/** Objects that are there, as said. */
export const applied = (name: string, ...objects: object[]): Step => ({
  name,
  run: kubectl("apply", "--server-side", "--force-conflicts", "-f", "-"),
  objects,
});

/** A chart that is installed with these values, and runs. */
export const installed = ({ release, chart, repo, version, namespace }: Chart, values: object): Step => ({
  name: `chart ${chart} ${version}`,
  run: [
    ...["helm", "--kube-context", context, "upgrade", "--install", release, chart, "--repo", repo],
    ...["--version", version, "--namespace", namespace, "--create-namespace", "--wait", "--timeout", "10m"],
    ...["--values", "-"],
  ],
  objects: [values],
});

/** Objects that have become as said, in kubectl's words: `condition=Ready`. */
export const waited = (name: string, namespace: string, state: string, ...objects: string[]): Step => ({
  name,
  run: kubectl("wait", `--for=${state}`, "--timeout=10m", "--namespace", namespace, ...objects),
});

export const namespace = (name: string): object => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });

export const secret = (namespace: string, name: string, stringData: Record<string, string>, type = "Opaque") => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace },
  type,
  stringData,
});

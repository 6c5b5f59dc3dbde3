import type { IService } from "@kubernetes-models/knative/serving.knative.dev/v1/Service";
import { container, type Digests } from "./container.ts";
import { hotLabel, labels, namespace, ports } from "./names.ts";
import * as numbers from "./numbers.ts";
import { sourceOf } from "./settings.ts";
import type { Workload } from "./workloads.ts";

/** Knative wants these on the template; on the Service itself it rejects them. Every value is a string. */
function autoscaling({ minScale, maxScale, target, isHeld }: Workload): Record<string, string> {
  const values = {
    "max-scale": maxScale,
    metric: "concurrency",
    "min-scale": minScale,
    target,
    ...(isHeld && {
      "scale-down-delay": numbers.streams.scaleDownDelay,
      "target-burst-capacity": numbers.streams.targetBurstCapacity,
      "target-utilization-percentage": numbers.streams.targetUtilizationPercentage,
    }),
  };
  return Object.fromEntries(
    Object.entries(values).map(([suffix, value]) => [`autoscaling.knative.dev/${suffix}`, String(value)]),
  );
}

/**
 * The Knative Service of one workload. Pure: same workload and digests in, same object out.
 *
 * It writes what Knative's webhook would fill in, so that Argo CD sees no difference; and no `periodSeconds`, without
 * which the queue-proxy asks for readiness every 50 ms instead of every second.
 */
export function knativeService(workload: Workload, digests: Digests) {
  const { name, entry, settings, isHot, timeoutSeconds } = workload;
  const sources = Object.fromEntries(settings.map((setting) => [setting, sourceOf(setting)]));
  return {
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: {
      name,
      namespace,
      labels: {
        ...labels(name),
        "networking.knative.dev/visibility": "cluster-local",
        ...(isHot && { [hotLabel]: "true" }),
      },
    },
    spec: {
      template: {
        metadata: { annotations: autoscaling(workload), labels: labels(name) },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          containerConcurrency: 0, // no hard limit: `target` is what the autoscaler aims at
          timeoutSeconds,
          ...(timeoutSeconds > numbers.responseStartSeconds &&
            { responseStartTimeoutSeconds: numbers.responseStartSeconds }),
          containers: [{
            ...container(entry, sources, digests),
            ports: [{ name: "http1", containerPort: ports.function, protocol: "TCP" }],
            readinessProbe: { httpGet: { path: "/healthz", port: ports.function }, successThreshold: 1 },
            resources: numbers.resources[name] ?? numbers.resources.ordinary,
          }],
        },
      },
      traffic: [{ latestRevision: true, percent: 100 }],
    },
  } satisfies IService;
}

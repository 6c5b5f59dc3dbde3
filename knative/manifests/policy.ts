import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { kourier, labels, namespace, namespaceLabel, ports } from "./names.ts";
import type { Part, Source } from "./settings.ts";

const pods = (namespace: string, matchLabels?: Record<string, string>) => ({
  namespaceSelector: { matchLabels: { [namespaceLabel]: namespace } },
  ...(matchLabels && { podSelector: { matchLabels } }),
});

const tcp = (...numbers: number[]) => numbers.map((port) => ({ protocol: "TCP" as const, port }));

const prometheus = pods("monitoring", { "app.kubernetes.io/name": "prometheus" });

/**
 * Who may ask a Knative pod, all at its queue-proxy: Kourier and the activator with requests, the autoscaler and
 * Prometheus for figures. The node's kubelet may always. The function's own port is for its queue-proxy alone.
 */
const requests = [
  {
    from: [
      pods(kourier.namespace, { app: "3scale-kourier-gateway" }),
      pods(kourier.namespace, { app: "activator" }),
    ],
    ports: tcp(ports.queue, ports.queueH2c),
  },
  { from: [pods(kourier.namespace, { app: "autoscaler" })], ports: tcp(ports.autoscaling) },
  { from: [prometheus], ports: tcp(ports.metrics) },
];

/** Names are asked for by UDP, and by TCP when the answer is long. */
const dns = {
  to: [pods("kube-system", { "k8s-app": "kube-dns" })],
  ports: [{ protocol: "UDP" as const, port: 53 }, { protocol: "TCP" as const, port: 53 }],
};

/** Where the queue-proxy pushes its metrics, out of the function's own pod. Deno lets no function do so. */
const telemetry = { to: [prometheus], ports: tcp(9090) };

const opening = ({ namespace, labels, podPort }: Part) => ({ to: [pods(namespace, labels)], ports: tcp(podPort) });

/** The parts that settings lead to, each once, in the order of their addresses. */
export function partsOf(sources: readonly Source[]): Part[] {
  const parts = sources.flatMap((source) => "reaches" in source && source.reaches ? [source.reaches] : []);
  return [...new Map(parts.map((part) => [part.url, part])).values()].sort((a, b) => a.url < b.url ? -1 : 1);
}

/** Whom the pods of a workload hear and reach: exactly the parts of its settings, and DNS. All else is closed. */
export const networkPolicy = (
  { name, selects, sources, isServed }: {
    name: string;
    selects: Record<string, string>;
    sources: readonly Source[];
    isServed: boolean;
  },
) =>
  ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace, labels: labels(name) },
    spec: {
      podSelector: { matchLabels: selects },
      policyTypes: ["Ingress", "Egress"],
      ingress: isServed ? requests : [],
      egress: [dns, ...(isServed ? [telemetry] : []), ...partsOf(sources).map(opening)],
    },
  }) satisfies INetworkPolicy;

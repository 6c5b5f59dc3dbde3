/** A Kubernetes object, as far as we look at one. */
interface Item {
  metadata: { name: string; labels?: Record<string, string>; deletionTimestamp?: string };
  spec?: { template?: { metadata?: { annotations?: Record<string, string> } } };
}

/** What `kubectl get … -o json` prints. */
export interface List {
  items: Item[];
}

/** One function in the cluster: how many pods it has, and how many it keeps when nobody asks. */
export interface Pods {
  service: string;
  count: number;
  least: number;
}

const serviceLabel = "serving.knative.dev/service";
const minScale = "autoscaling.knative.dev/min-scale";

/** Pods of each Knative Service; those that are on their way out do not count. */
export function podsOf(services: List, pods: List): Pods[] {
  const alive = pods.items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return services.items.map(({ metadata: { name }, spec }) => ({
    service: name,
    count: alive.filter(({ metadata }) => metadata.labels?.[serviceLabel] === name).length,
    least: Number(spec?.template?.metadata?.annotations?.[minScale] ?? 0),
  }));
}

/** The functions that have more pods than they keep. */
export const awake = (pods: readonly Pods[]): Pods[] => pods.filter(({ count, least }) => count > least);

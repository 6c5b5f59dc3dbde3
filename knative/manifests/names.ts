/** Every name that two manifests share, or a manifest and the platform: Knative 1.23, Traefik 3.7, Kubernetes. */

/** Where the functions live, and what all our objects are part of. */
export const namespace = "app";
export const partOf = "parley";

/** What images are called until an environment says where they are kept; `images:` of a kustomization replaces it. */
export const imageName = "parley";

/** The host of `Host(…)` until an environment says its own. `.invalid` never resolves (RFC 2606). */
export const unknownHost = "parley.invalid";

/** The ConfigMap that each environment brings: its addresses. */
export const environmentMap = "environment";

/** The label of Services that keep one pod where people wait for answers. */
export const hotLabel = "parley.chat/hot";

/** The operator puts Kourier into the namespace of Knative itself: there is no `kourier-system`. */
export const kourier = { service: "kourier-internal", namespace: "knative-serving", port: 80, podPort: 8081 } as const;

/** What Kourier routes by: the name of a Knative Service as the cluster's DNS has it. */
export const hostOf = (service: string) => `${service}.${namespace}.svc.cluster.local`;

/** The port a function listens on, and those of the queue-proxy beside it. */
export const ports = { function: 8080, queue: 8012, queueH2c: 8013, autoscaling: 9090, metrics: 9091 } as const;

/** The label by which Knative knows the pods of a Service. */
export const serviceLabel = "serving.knative.dev/service";

/** The label by which Kubernetes names a namespace in selectors. */
export const namespaceLabel = "kubernetes.io/metadata.name";

export const labels = (name: string) => ({ "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": partOf });

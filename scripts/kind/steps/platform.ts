import { applied, installed, namespace, waited } from "../commands.ts";
import type { Step } from "../step.ts";
import { charts, knative } from "../versions.ts";

/** Knative with Kourier, as small as it goes. Every value of `config` is a string. */
const knativeServing = {
  apiVersion: "operator.knative.dev/v1beta1",
  kind: "KnativeServing",
  metadata: { name: "knative-serving", namespace: "knative-serving" },
  spec: {
    version: knative,
    "high-availability": { replicas: 1 },
    ingress: { kourier: { enabled: true, "service-type": "ClusterIP" }, istio: { enabled: false } },
    config: {
      network: { "ingress-class": "kourier.ingress.networking.knative.dev" },
      autoscaler: {
        "enable-scale-to-zero": "true",
        "allow-zero-initial-scale": "true",
        "initial-scale": "0",
        "scale-to-zero-grace-period": "30s",
        "stable-window": "60s",
      },
      defaults: { "revision-timeout-seconds": "60", "max-revision-timeout-seconds": "3600" },
      // The tag of an image that no registry has is taken as it is.
      deployment: { "registries-skipping-tag-resolving": "kind.local,ko.local,dev.local" },
      features: { "secure-pod-defaults": "Enabled" },
    },
  },
};

/** Traefik on ports 80 and 443 of the node, which are this machine's. Routes may lead into Kourier's namespace. */
const traefikValues = {
  deployment: { kind: "DaemonSet" },
  updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
  service: { spec: { type: "ClusterIP" } },
  ports: {
    web: {
      hostPort: 80,
      http: { redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } } },
    },
    websecure: { hostPort: 443 },
  },
  providers: { kubernetesCRD: { allowCrossNamespace: true } },
  ingressRoute: { dashboard: { enabled: false } },
  tlsStore: { default: { defaultCertificate: { secretName: "chat-tls" } } },
};

/** What Parley stands on in any cluster: Knative and the edge. */
export const platform: Step[] = [
  installed(charts.knativeOperator, {}),
  applied(`Knative Serving ${knative} with Kourier`, namespace("knative-serving"), knativeServing),
  waited("Knative Serving is ready", "knative-serving", "condition=Ready", "knativeserving/knative-serving"),
  installed(charts.traefik, traefikValues),
];

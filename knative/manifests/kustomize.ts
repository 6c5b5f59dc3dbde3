import { addresses, type Environment } from "./environments.ts";
import { environmentMap, hotLabel, imageName, labels, namespace } from "./names.ts";

/** A kustomization that plain `kustomize build`, `kubectl apply -k` and Argo CD understand: no plugin. */
const kustomization = <Fields extends object>(fields: Fields) => ({
  apiVersion: "kustomize.config.k8s.io/v1beta1",
  kind: "Kustomization",
  ...fields,
});

/** All that every environment shares. */
export const base = (resources: readonly string[]) => kustomization({ resources });

/** The profile that keeps one pod of what people wait for; `thrifty` is the base as it is. */
export const responsive = () => ({
  apiVersion: "kustomize.config.k8s.io/v1alpha1",
  kind: "Component",
  patches: [{
    target: { group: "serving.knative.dev", kind: "Service", labelSelector: `${hotLabel}=true` },
    patch: JSON.stringify([{
      op: "replace",
      path: "/spec/template/metadata/annotations/autoscaling.knative.dev~1min-scale",
      value: "1",
    }]),
  }],
});

/** The addresses of an environment, for functions and, as `HOST`, for the routes. */
export const environmentAddresses = (environment: Environment) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    name: environmentMap,
    namespace,
    labels: labels(environmentMap),
  },
  data: addresses(environment),
});

/**
 * One environment: the base, with its domain in every rule (between the first two backquotes of `Host(…)`), its
 * registry in every image, and its profile.
 */
export const overlay = ({ registry, profile }: Environment, addressesFile: string) =>
  kustomization({
    resources: ["../../base", addressesFile],
    ...(profile === "responsive" && { components: ["../../responsive"] }),
    images: [{ name: imageName, newName: registry }],
    replacements: [{
      source: { kind: "ConfigMap", name: environmentMap, fieldPath: "data.HOST" },
      targets: [{
        select: { group: "traefik.io", kind: "IngressRoute" },
        fieldPaths: ["spec.routes.*.match"],
        options: { delimiter: "`", index: 1 },
      }],
    }],
  });

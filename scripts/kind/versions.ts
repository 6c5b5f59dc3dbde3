/**
 * What the cluster on one's own machine is made of, exactly. Charts and their repositories as their projects have them
 * (July 2026); change a patch freely, a minor only after its upgrade notes. Kubernetes itself is the one that kind
 * brings: which images of it there are is kind's to say, and Knative 1.23 wants 1.34 or newer (unverified).
 */
export const charts = {
  knativeOperator: {
    release: "knative-operator",
    chart: "knative-operator",
    repo: "https://knative.github.io/operator",
    version: "v1.23.0",
    namespace: "knative-operator",
  },
  traefik: {
    release: "traefik",
    chart: "traefik",
    repo: "https://traefik.github.io/charts",
    version: "41.3.0",
    namespace: "traefik",
  },
  postgres: {
    release: "cloudnative-pg",
    chart: "cloudnative-pg",
    repo: "https://cloudnative-pg.github.io/charts",
    version: "0.29.0",
    namespace: "cnpg-system",
  },
  valkey: {
    release: "redis",
    chart: "valkey",
    repo: "https://valkey.io/valkey-helm/",
    version: "0.11.0",
    namespace: "redis",
  },
} as const;

export type Chart = (typeof charts)[keyof typeof charts];

/** The operator carries these manifests. */
export const knative = "1.23.0";

export const images = {
  keycloak: "quay.io/keycloak/keycloak:26.8.0",
  postgres: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
} as const;

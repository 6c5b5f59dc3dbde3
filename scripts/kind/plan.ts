import type { Secrets } from "../start/secrets.ts";
import { cluster } from "./names.ts";
import type { Step } from "./step.ts";
import { identity } from "./steps/identity.ts";
import { certificates, machine } from "./steps/machine.ts";
import { parley } from "./steps/parley.ts";
import { platform } from "./steps/platform.ts";
import { stores } from "./steps/stores.ts";

interface Places {
  /** This repository. */
  house: string;
  /** Where keys and passwords of the cluster are kept on this machine. */
  dir: string;
}

/**
 * Everything between nothing and a Parley, in its order. Pure.
 *
 * Where this was written there was no kind, so it has not been run. The objects of Knative, CloudNativePG and Traefik
 * were held against their CRDs, the certificates were made and used, and the overlay was built by kubectl. Unverified:
 * - that the Kubernetes of kind's choice is new enough for Knative 1.23, and that it lets Traefik's hostPorts through;
 * - that Keycloak in development mode takes the realm as it stands (its importer was read, not run);
 * - that the NetworkPolicies, which kind's own network enforces since 0.24, open all that is needed;
 * - that charts do what their values say; those of Traefik 41.3.0 and Valkey 0.11.0 were held against their schemas.
 */
export const plan = ({ house, dir }: Places, secrets: Secrets): Step[] => [
  ...machine(house),
  ...certificates(dir),
  ...platform,
  ...stores(secrets),
  ...identity(secrets),
  ...parley(secrets, `${house}/scripts/kind/overlay`),
];

/** The cluster is gone, with everything that was said in it. Keys and passwords stay for the next one. */
export const removal: Step[] = [
  { name: `no kind cluster ${cluster}`, run: ["kind", "delete", "cluster", "--name", cluster] },
];

/** What must be installed, and where to get it. */
export const tools: Readonly<Record<string, string>> = {
  docker: "https://docs.docker.com/get-docker/",
  kind: "https://kind.sigs.k8s.io/docs/user/quick-start/#installation",
  kubectl: "https://kubernetes.io/docs/tasks/tools/",
  helm: "https://helm.sh/docs/intro/install/",
  openssl: "https://openssl-library.org/ (version 3)",
};

import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { labels, namespace } from "./names.ts";

/** The account of one workload: a name for policies and pull secrets, with no right and no token for Kubernetes. */
export const serviceAccount = (name: string) =>
  ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace, labels: labels(name) },
    automountServiceAccountToken: false,
  }) satisfies IServiceAccount;

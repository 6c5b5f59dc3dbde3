import type { IJob } from "kubernetes-models/batch/v1/Job";
import { entryNeeds } from "../image/entry.ts";
import { serviceAccount } from "./account.ts";
import { container, type Digests } from "./container.ts";
import { labels, namespace } from "./names.ts";
import * as numbers from "./numbers.ts";
import { networkPolicy } from "./policy.ts";
import { sourceOf } from "./settings.ts";

const name = "migrate";

/**
 * Argo CD runs these before it touches anything else, earlier waves first, and waits until they have succeeded. The
 * next run removes the last one's, so its log can be read until then. By hand: delete the Job, then apply.
 */
const beforeSync = (wave: number) => ({
  "argocd.argoproj.io/hook": "PreSync",
  "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
  "argocd.argoproj.io/sync-wave": String(wave),
});

const hooked = <Made extends { metadata: object }>(made: Made, wave: number) => ({
  ...made,
  metadata: { ...made.metadata, annotations: beforeSync(wave) },
});

/** Each database by the account that owns it, from that database's own Secret. */
const sources = () =>
  Object.fromEntries(
    [...new Set(entryNeeds("migrations").flatMap(({ settings }) => settings))].sort()
      .map((setting) => [setting, sourceOf(setting)]),
  );

function job(digests: Digests) {
  const { activeDeadlineSeconds, backoffLimit } = numbers.migrations;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace, labels: labels(name) },
    spec: {
      activeDeadlineSeconds,
      backoffLimit,
      template: {
        metadata: { labels: labels(name) },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          restartPolicy: "Never",
          containers: [{
            ...container("migrations", sources(), digests),
            name: "migrate",
            resources: numbers.resources.ordinary,
          }],
        },
      },
    },
  } satisfies IJob;
}

/**
 * The migrations: account and policy first, because the namespace is closed until they are there. They may run twice,
 * and two at once: the second waits for the first and finds nothing to do.
 */
export const migrations = (digests: Digests) => [
  hooked(serviceAccount(name), -2),
  hooked(networkPolicy({ name, selects: labels(name), sources: Object.values(sources()), isServed: false }), -2),
  hooked(job(digests), -1),
];

import { expect, test } from "vitest";
import { knativeService } from "./service.ts";
import { allManifests } from "./testing/all.ts";
import { faultsOf, schemaOf } from "./testing/models.ts";
import { webServer } from "./workloads.ts";

/** Keys of Traefik 3.7 that the newest schema for our Node does not have. They stand in its CRD. */
const newer = [
  "spec.rateLimit.sourceCriterion.ipStrategy.ipv6Subnet",
  "spec.inFlightReq.sourceCriterion.ipStrategy.ipv6Subnet",
]
  .map((key) => `${key} is unknown`);

test.each(allManifests())(
  "$kind $metadata.name is what its schema says, with no key that it does not know",
  async (manifest) => {
    const faults = await faultsOf(manifest);

    expect(faults.filter((fault) => !newer.includes(fault))).toEqual([]);
  },
);

test("every schema comes from a package", () => {
  const kinds = new Set(allManifests().map((manifest) => schemaOf(manifest).path));

  expect([...kinds].sort()).toEqual([
    "@kubernetes-models/knative/serving.knative.dev/v1/Service",
    "@kubernetes-models/traefik/traefik.io/v1alpha1/IngressRoute",
    "@kubernetes-models/traefik/traefik.io/v1alpha1/Middleware",
    "kubernetes-models/batch/v1/Job",
    "kubernetes-models/networking.k8s.io/v1/NetworkPolicy",
    "kubernetes-models/v1/ConfigMap",
    "kubernetes-models/v1/ServiceAccount",
  ]);
});

/** A Service with one change, as somebody might make it. */
const changed = (change: (template: ReturnType<typeof knativeService>["spec"]["template"]) => void) => {
  const service = structuredClone(knativeService(webServer, {}));
  change(service.spec.template);
  return service;
};

test.each([
  ["a key that is none", (t) => Object.assign(t.spec, { containerz: [] }), "spec.template.spec.containerz is unknown"],
  [
    "a key that belongs elsewhere",
    (t) => Object.assign(t.spec.containers[0]!, { timeoutSeconds: 1 }),
    "spec.template.spec.containers.0.timeoutSeconds is unknown",
  ],
  ["a wrong type", (t) => Object.assign(t.spec, { timeoutSeconds: "60" }), "timeoutSeconds"],
  ["a number for an annotation", (t) => Object.assign(t.metadata.annotations, { a: 1 }), "annotations"],
] as [string, Parameters<typeof changed>[0], string][])("the check finds %s", async (_, change, fault) => {
  const faults = await faultsOf(changed(change));

  expect(faults.join()).toContain(fault);
});

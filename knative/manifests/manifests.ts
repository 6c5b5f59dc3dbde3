import { serviceAccount } from "./account.ts";
import type { Digests } from "./container.ts";
import { type Environment, environments } from "./environments.ts";
import { base, environmentAddresses, overlay, responsive } from "./kustomize.ts";
import { edgeMiddlewares, hostMiddleware } from "./middlewares.ts";
import { migrations } from "./migration.ts";
import { serviceLabel } from "./names.ts";
import { networkPolicy } from "./policy.ts";
import { ingressRoutes } from "./routes.ts";
import { knativeService } from "./service.ts";
import { sourceOf } from "./settings.ts";
import { redisGateway, type Workload, workloads } from "./workloads.ts";

/** Objects by the path of the file they stand in, below `knative/generated`. */
export type Files = Record<string, object[]>;

/** All that belongs to one workload. To the Redis gateway no route leads, so it has no middleware. */
const workloadFile = (workload: Workload, digests: Digests) => [
  serviceAccount(workload.name),
  networkPolicy({
    name: workload.name,
    selects: { [serviceLabel]: workload.name },
    sources: workload.settings.map(sourceOf),
    isServed: true,
  }),
  ...(workload.name === redisGateway.name ? [] : [hostMiddleware(workload.name)]),
  knativeService(workload, digests),
];

function baseFiles(digests: Digests): Files {
  const all = workloads();
  const files = {
    ...Object.fromEntries(all.map((workload) => [`services/${workload.name}.yaml`, workloadFile(workload, digests)])),
    ...Object.fromEntries(ingressRoutes().map((route) => [`routes/${route.metadata.name}.yaml`, [route]])),
    "edge.yaml": edgeMiddlewares(all),
    "migrations.yaml": migrations(digests),
  };
  return { "kustomization.yaml": [base(Object.keys(files).sort())], ...files };
}

const within = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, objects]) => [`${folder}/${name}`, objects]));

const environmentFiles = (environment: Environment): Files => ({
  "kustomization.yaml": [overlay(environment, "addresses.yaml")],
  "addresses.yaml": [environmentAddresses(environment)],
});

/** Every manifest, by its file. Pure: same functions and digests in, same objects out. */
export const manifests = (digests: Digests, all: Readonly<Record<string, Environment>> = environments): Files => ({
  ...within("base", baseFiles(digests)),
  "responsive/kustomization.yaml": [responsive()],
  ...Object.entries(all).reduce<Files>(
    (files, [name, environment]) => ({ ...files, ...within(`environments/${name}`, environmentFiles(environment)) }),
    {},
  ),
});

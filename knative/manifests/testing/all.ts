import { manifests } from "../manifests.ts";
import type { Manifest } from "./models.ts";

/** Every object that a cluster is given: all of what is generated but the kustomizations, which are instructions. */
export const allManifests = (): Manifest[] =>
  Object.entries(manifests({}))
    .filter(([file]) => !file.endsWith("kustomization.yaml"))
    .flatMap(([, objects]) => objects as Manifest[]);

/** Those of one kind. The caller knows its shape. */
// deno-lint-ignore no-explicit-any -- the shapes are the makers' own, and tests look into all of them
export const ofKind = (kind: string): any[] => allManifests().filter((manifest) => manifest.kind === kind);

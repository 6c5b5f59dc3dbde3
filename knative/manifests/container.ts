import { entryArgs, type EntryName } from "../image/entry.ts";
import { environmentMap, imageName } from "./names.ts";
import { user } from "./numbers.ts";
import type { Source } from "./settings.ts";

/** Digests by entry, as `knative/release.json` has them. */
export type Digests = Readonly<Partial<Record<EntryName, string>>>;

/** The image of an entry. Before its first release it is a tag that no registry has, and whose name says so. */
export const imageOf = (entry: EntryName, digests: Digests): string =>
  digests[entry] ? `${imageName}@${digests[entry]}` : `${imageName}:not-released-yet`;

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } } | { configMapKeyRef: { name: string; key: string } };
}

/** One variable of the environment. Nothing for what is left to the process's own default. */
function variable(name: string, source: Source): Variable[] {
  if ("leftAlone" in source) return [];
  if ("value" in source) return [{ name, value: source.value }];
  if ("secret" in source) {
    return [{ name, valueFrom: { secretKeyRef: { name: source.secret, key: source.key } } }];
  }
  return [{ name, valueFrom: { configMapKeyRef: { name: environmentMap, key: name } } }];
}

/** What every container is held to: no root, no writing, no privileges. Knative takes these fields without a flag. */
const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: user,
  seccompProfile: { type: "RuntimeDefault" as const },
};

/** The container of one entry, as far as a Service and a Job agree: least permissions, own settings, no rights. */
export function container(entry: EntryName, sources: Readonly<Record<string, Source>>, digests: Digests) {
  const reached = Object.entries(sources).flatMap(([name, source]) =>
    "reaches" in source && source.reaches ? [[name, source.reaches.url] as const] : []
  );
  return {
    name: "user-container",
    image: imageOf(entry, digests),
    ...entryArgs(entry, Object.fromEntries(reached)),
    env: Object.entries(sources).flatMap(([name, source]) => variable(name, source)),
    securityContext,
  };
}

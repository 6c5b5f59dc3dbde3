/** The schemas of Kubernetes, Knative and Traefik, as packages have them, and how to find keys they do not know. */

const packages: readonly [RegExp, string][] = [
  [/\.knative\.dev$/, "@kubernetes-models/knative"],
  [/^traefik\.io$/, "@kubernetes-models/traefik"],
  [/./, "kubernetes-models"],
];

interface Model {
  new (manifest: object): { validate(): void };
}

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
}

/** The package that has a kind's schema, and its path there. */
export function schemaOf({ apiVersion, kind }: Manifest): { from: string; path: string } {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0]! : "core";
  const from = packages.find(([groups]) => groups.test(group))![1];
  return { from, path: `${from}/${apiVersion}/${kind}` };
}

/** A copy of a value in which keys are crossed off as they are read; `unread` holds the others by where they stand. */
function watched(value: unknown, at: string, unread: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const within = (key: string) => `${at}.${key}`;
  const copy: object = Array.isArray(value) ? [] : {};
  for (const [key, part] of Object.entries(value)) {
    unread.add(within(key));
    Reflect.set(copy, key, watched(part, within(key), unread));
  }
  return new Proxy(copy, {
    get(target, key) {
      if (typeof key === "string") unread.delete(within(key));
      return Reflect.get(target, key);
    },
  });
}

/**
 * What is wrong with a manifest: what its schema says, and keys that the schema never looks at. The compiled schemas
 * let unknown keys pass, but they read every key they know, which is how the others are found.
 */
export async function faultsOf(manifest: Manifest): Promise<string[]> {
  const Model = (await import(schemaOf(manifest).path))[manifest.kind] as Model;
  const unread = new Set<string>();
  const seen = new Model({});
  for (const [key, part] of Object.entries(manifest)) {
    Reflect.set(seen, key, watched(part, key, unread)); // past the constructor, which would copy it and read everything
  }
  try {
    seen.validate();
  } catch (error) {
    return [(error as Error).message];
  }
  return [...unread].map((key) => `${key} is unknown`);
}

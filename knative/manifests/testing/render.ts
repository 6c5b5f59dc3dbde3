import { isDeepStrictEqual } from "node:util";
import path from "node:path";
import type { overlay, responsive } from "../kustomize.ts";
import type { Files } from "../manifests.ts";

// deno-lint-ignore no-explicit-any -- any Kubernetes object
type Any = any;
type Folder = Partial<ReturnType<typeof overlay> & ReturnType<typeof responsive>>;

/** What our kustomizations use of Kustomize. Whoever uses more must teach it here. */
const understood = ["apiVersion", "kind", "resources", "components", "patches", "images", "replacements"];

const isTarget = ({ group, kind }: { group: string; kind: string }, object: Any) =>
  object.kind === kind && object.apiVersion.startsWith(`${group}/`);

/** JSON Patch's `replace`, which Kustomize refuses where nothing stands. */
function patch(object: Any, text: string): void {
  for (const { op, path, value } of JSON.parse(text)) {
    const keys = path.split("/").slice(1).map((key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = keys.pop();
    const at = keys.reduce((part: Any, key: string) => part[key], object);
    if (op !== "replace" || !(last in at)) throw new Error(`Cannot apply ${op} ${path} to ${object.metadata.name}`);
    at[last] = value;
  }
}

/** Every value at a path of fields, `*` for all of a list, put through `change`. */
function rewrite(part: Any, [key, ...rest]: string[], change: (value: string) => string): void {
  const keys = key === "*" ? Object.keys(part) : [key!];
  for (const one of keys) {
    if (rest.length === 0) part[one] = change(part[one]);
    else rewrite(part[one], rest, change);
  }
}

const containersOf = ({ spec }: Any): Any[] => spec?.template?.spec?.containers ?? [];

/** What `kustomize build FOLDER` prints, as objects, for those parts of Kustomize that our files use. */
export function render(files: Files, folder: string): Any[] {
  const kustomization = files[`${folder}/kustomization.yaml`]![0] as Folder;
  const unknown = Object.keys(kustomization).filter((key) => !understood.includes(key));
  if (unknown.length > 0) throw new Error(`Cannot render ${folder}: ${unknown.join(", ")}`);

  const objects: Any[] = (kustomization.resources ?? []).flatMap((resource) => {
    const name = path.posix.join(folder, resource);
    return resource.endsWith(".yaml") ? structuredClone(files[name]!) : render(files, name);
  });
  const components = (kustomization.components ?? []).map((component) =>
    files[path.posix.join(folder, component, "kustomization.yaml")]![0] as Folder
  );
  for (const { target, patch: text } of components.flatMap(({ patches = [] }) => patches)) {
    const [label, value] = target.labelSelector.split("=");
    for (const object of objects) {
      if (isTarget(target, object) && object.metadata.labels[label!] === value) patch(object, text);
    }
  }
  for (const { name, newName } of kustomization.images ?? []) {
    for (const container of objects.flatMap(containersOf)) {
      container.image = container.image.replace(new RegExp(`^${name}(?=[:@]|$)`), newName);
    }
  }
  for (const { source, targets } of kustomization.replacements ?? []) {
    const from = objects.find(({ kind, metadata }) =>
      isDeepStrictEqual([kind, metadata.name], [source.kind, source.name])
    );
    const value = source.fieldPath.split(".").reduce((part, key) => part[key], from);
    for (const { select, fieldPaths, options: { delimiter, index } } of targets) {
      const change = (text: string) => text.split(delimiter).with(index, value).join(delimiter);
      for (const object of objects.filter((object) => isTarget(select, object))) {
        for (const fieldPath of fieldPaths) rewrite(object, fieldPath.split("."), change);
      }
    }
  }
  return objects;
}

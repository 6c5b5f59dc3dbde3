import type { EntryName } from "../image/entry.ts";

/** What one entry runs: the image that was newest when its module graph last changed, and that graph's digest. */
export interface Released {
  image: string;
  graph: string;
}

/** `knative/release.json`: every entry that was ever released. */
export type Release = Readonly<Partial<Record<EntryName, Released>>>;

/** The digest of an image, or of `registry/name@sha256:…`. Throws for a tag: it may mean another image tomorrow. */
export function digestOf(image: string): string {
  const digest = /(?:^|@)(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
  if (!digest) throw new Error(`Cannot release ${image}: give the image by its digest, registry/parley@sha256:…`);
  return digest;
}

/**
 * The next release: an entry moves to the new image only if its graph is not what it was; all others stay where they
 * are. Entries that are gone are dropped. Pure: `graphs` are the digests of the working tree, by entry.
 */
export function nextRelease(
  last: Release,
  image: string,
  graphs: Readonly<Record<string, string>>,
): { release: Release; moved: EntryName[] } {
  const digest = digestOf(image);
  const entries = Object.entries(graphs).sort(([one], [other]) => one < other ? -1 : 1) as [EntryName, string][];
  const moved = entries.filter(([entry, graph]) => last[entry]?.graph !== graph).map(([entry]) => entry);
  const release = entries.map(([entry, graph]) =>
    [entry, moved.includes(entry) ? { image: digest, graph } : last[entry]] as const
  );
  return { release: Object.fromEntries(release), moved };
}

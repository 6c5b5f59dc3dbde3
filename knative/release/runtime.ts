import { createHash } from "node:crypto";

/**
 * What runs the code of every entry: Deno's version and the image's bases. When one of them moves, everything moves;
 * nothing else of the Dockerfile does that. Pure.
 */
export function runtimeOf(dockerfile: string, packages: { dependencies: Record<string, string> }): string[] {
  const bases = dockerfile.match(/^(ARG \w+=\S+@sha256:[0-9a-f]{64}|FROM \S+)/gm) ?? [];
  if (bases.length === 0) throw new Error("Cannot read the Dockerfile: it has no base");
  return [`deno ${packages.dependencies["deno"]}`, ...bases];
}

/** What an entry moves by: its module graph and what runs it. */
export const digestWith = (runtime: readonly string[], graph: string): string =>
  createHash("sha256").update([...runtime, graph].join("\n")).digest("hex");

/** The text of a docstring: one line per paragraph, without its stars. */
const textOf = (comment: string) =>
  comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trim()).join("\n").trim()
    .split(/\n{2,}/).map((paragraph) => paragraph.replaceAll("\n", " ")).join("\n\n");

/** The docstring right above the line of `source` that begins with `beginning`; nothing without one. */
export function docstringAbove(source: string, beginning: string): string | undefined {
  const line = `\n${source}`.indexOf(`\n${beginning}`);
  const [, comment] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\n$/.exec(source.slice(0, Math.max(line, 0))) ?? [];
  return comment && textOf(comment);
}

/** A text's first sentence, and what follows it. */
export function firstSentence(text: string): [first: string, rest: string] {
  const first = /^[^]*?[.!?](?=\s+[A-Z`]|$)/.exec(text)?.[0] ?? text;
  return [first.trim(), text.slice(first.length).trim()];
}

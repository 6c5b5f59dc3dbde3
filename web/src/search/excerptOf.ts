/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  text: string;
  isHit: boolean;
}

/** What stands before the first hit of a long text, in characters. */
const lead = 60;
const longest = 280;

/** The words of a query, as a person would mark them with a pen: what is left out (-word) is not in the text. */
const wordsOf = (query: string) =>
  query.split(/\s+/).filter((word) => !word.startsWith("-")).map((word) => word.replace(/[^\p{L}\p{N}'-]/gu, ""))
    .filter((word) => word && word.toLowerCase() !== "or");

/** The part of a text around the first word that was looked for, cut where such a word begins or ends. */
export function excerptOf(text: string, query: string): Piece[] {
  const words = wordsOf(query).map((word) => word.replace(/[-']/g, "\\$&"));
  const hit = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})[\\p{L}\\p{N}]*`, "giu");
  const first = words.length ? text.search(hit) : -1;
  const from = text.length <= longest || first <= lead ? 0 : text.lastIndexOf(" ", first - lead) + 1;
  const shown = text.slice(from, from + longest);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: found, index } of words.length ? shown.matchAll(hit) : []) {
    if (index > at) pieces.push({ text: shown.slice(at, index), isHit: false });
    pieces.push({ text: found, isHit: true });
    at = index + found.length;
  }
  if (at < shown.length) pieces.push({ text: shown.slice(at), isHit: false });
  if (from > 0) pieces.unshift({ text: "…", isHit: false });
  if (from + longest < text.length) pieces.push({ text: "…", isHit: false });
  return pieces;
}

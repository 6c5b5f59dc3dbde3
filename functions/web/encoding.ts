export type Encoding = "br" | "gzip";

/** Below this many bytes headers weigh more than what compression saves. */
const leastBytes = 512;

/** The best encoding that the caller takes, for files that gain by it. */
export function encodingOf(
  accepted = "",
  { isText, size }: { isText: boolean; size: number },
): Encoding | undefined {
  if (!isText || size < leastBytes) return undefined;
  const offers = new Set(
    accepted.toLowerCase().split(",").filter((offer) => !/;\s*q=0(\.0*)?\s*$/.test(offer)).map((offer) =>
      offer.split(";")[0]!.trim()
    ),
  );
  return (["br", "gzip"] as const).find((encoding) => offers.has(encoding));
}

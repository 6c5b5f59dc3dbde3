import * as v from "valibot";
import { problem } from "./problem.ts";

/** Where the next page begins: the sort key of the last row, opaque to the caller. Null when this was the last page. */
export function nextCursor<Row>(rows: Row[], limit: number, key: (row: Row) => string[]): string | null {
  const last = rows.at(limit - 1);
  return rows.length > limit && last ? btoa(encodeURIComponent(JSON.stringify(key(last)))) : null;
}

/** The sort key a cursor holds, as this schema wants it; null without a cursor. Throws `invalid-request` for any other text. */
export function parseCursor<S extends v.GenericSchema>(schema: S, cursor: string | undefined): v.InferOutput<S> | null {
  if (cursor === undefined) return null;
  try {
    return v.parse(schema, JSON.parse(decodeURIComponent(atob(cursor))));
  } catch {
    throw problem("invalid-request", { errors: [{ path: "cursor", message: "is not a cursor of this list" }] });
  }
}

import { stripVTControlCharacters } from "node:util";

/** What keeps us from starting or running, told in one sentence that says what to do. Printed without a stack. */
export class Fault extends Error {
  override name = "Fault";
}

/** More than this of another program's words helps nobody. */
const maxLength = 400;

/** The text of anything that was thrown, on one line. */
export function reason(error: unknown): string {
  const [inner] = error instanceof AggregateError ? error.errors : [];
  if (inner) return reason(inner);
  const text = error instanceof Error
    ? error.message || String((error as { code?: unknown }).code ?? error.name)
    : String(error);
  const plain = stripVTControlCharacters(text).replace(/\s+/g, " ").trim();
  return plain.length > maxLength ? `${plain.slice(0, maxLength)}…` : plain;
}

import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** Far more than any of our forms holds, in bytes. */
const maxFormBytes = 16 * 1024;

/** A form's fields, without NUL, which Postgres cannot store. What is too large or not there is an empty form. */
export async function readForm(request: IncomingMessage): Promise<(name: string) => string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= maxFormBytes) chunks.push(chunk);
  }
  const fields = new URLSearchParams(size <= maxFormBytes ? Buffer.concat(chunks).toString() : "");
  return (name) => (fields.get(name) ?? "").replaceAll("\0", "");
}

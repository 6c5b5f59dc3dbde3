import { Buffer } from "node:buffer";
import type { Reply } from "./contract.ts";

/** A reply as JSON carries it. */
export type Json = string | number | null | Json[];

/** How text leaves: as it is (bytes that are no UTF-8 are replaced), or in base64, which keeps every byte. */
export type Encoding = "plain" | "base64";

/**
 * A reply as the Upstash protocol writes it. In base64 every string is encoded except a reply that is `OK` as a whole:
 * the SDK's decoder leaves that one alone, but decodes an `OK` inside an array.
 */
export function encodeReply(reply: Reply, encoding: Encoding): Json {
  return reply === "OK" ? reply : encode(reply, encoding);
}

function encode(reply: Reply, encoding: Encoding): Json {
  if (reply === null || typeof reply === "number") return reply;
  if (Array.isArray(reply)) return reply.map((part) => encode(part, encoding));
  const bytes = Buffer.from(reply instanceof Error ? reply.message : reply as string);
  return bytes.toString(encoding === "base64" ? "base64" : "utf8");
}

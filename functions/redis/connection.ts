import { Buffer } from "node:buffer";
import { createClient, RESP_TYPES } from "@redis/client";
import { UpstreamError } from "./contract.ts";

/** How long Redis may take: it answers in a millisecond or is down, and nobody waits for it longer than this. */
const patienceMs = 1_000;

/**
 * Open one connection that lives once: it neither queues while it is away nor reconnects, so what happens after a loss
 * is decided in one place, by who holds it. `lost` runs on every failure, at least once; `connected` rejects with it.
 */
export function connect(url: string, lost: (error: Error) => void) {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } }, // 0: `within` keeps the time
    socket: { connectTimeout: patienceMs, reconnectStrategy: false },
  });
  client.on("error", lost);
  const connected = client.connect();
  connected.catch(lost);
  return { client, connected };
}

/** The same promise, given up with an `UpstreamError` when it has not settled in a second; `expired` runs then. */
export async function within<T>(work: Promise<T>, expired: (error: Error) => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new UpstreamError(`Cannot reach Redis: no answer within ${patienceMs} ms`);
      reject(error);
      expired(error);
    }, patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Any failure of a connection as the one error callers know. */
export function unreachable(cause: unknown): UpstreamError {
  if (cause instanceof UpstreamError) return cause;
  const { message, code, name } = cause as Error & { code?: string };
  return new UpstreamError(`Cannot reach Redis: ${message || code || name}`, { cause });
}

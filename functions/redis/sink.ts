import { Buffer } from "node:buffer";
import { log } from "../lib/log.ts";

/** What may wait for one reader: beyond it the reader is dropped, because a hint that comes late is worth nothing. */
const maxWaitingBytes = 1024 * 1024;

/** The writing end of one HTTP response that never holds more than a bounded backlog. */
export interface Sink {
  stream: ReadableStream<Uint8Array>;
  write(bytes: Uint8Array): void;
  end: () => void;
}

/**
 * A stream to write to. What is written while the reader is busy reaches it in one chunk. `onGone` runs once: when the
 * stream was ended, when its reader left, or when its reader was too slow.
 */
export function sink(onGone: () => void): Sink {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let isOpen = true;
  let wake = () => {};

  function finish() {
    if (!isOpen) return;
    isOpen = false;
    wake();
    onGone();
  }

  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (isOpen && waiting.length === 0) await new Promise<void>((written) => wake = written);
      if (waiting.length === 0) return controller.close();
      controller.enqueue(Buffer.concat(waiting));
      waiting = [];
      waitingBytes = 0;
    },
    cancel: finish,
  }, { highWaterMark: 0 });

  return {
    stream,
    write(bytes) {
      if (!isOpen) return;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes > maxWaitingBytes) {
        log("warn", "a subscriber that does not read was dropped", { waitingBytes });
        waiting = [];
        finish();
      }
      wake();
    },
    end: finish,
  };
}

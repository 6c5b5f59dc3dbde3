import { EventSourceParserStream } from "eventsource-parser/stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChatEvent, Heartbeat, Hello } from "../../../functions/chat/model.ts";

/** Longer than this, in milliseconds, without a byte, and a stream is taken for dead: two heartbeats and some. */
const silenceMs = 35_000;

interface PlainStreamParts {
  open(signal: AbortSignal): Promise<Response>;
  hear(event: Hello | Heartbeat | ChatEvent): void;
}

/** Events, from one stream after another until `stop`. */
export function makePlainStream({ open, hear }: PlainStreamParts) {
  const stopped = new AbortController();

  async function listen(): Promise<void> {
    const dead = new AbortController();
    const end = () => dead.abort();
    let timer = setTimeout(end, silenceMs);
    const signal = AbortSignal.any([stopped.signal, dead.signal]);
    try {
      const response = await open(signal);
      if (!response.ok || !response.body) return void await response.body?.cancel();
      const alive = new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, out) {
          clearTimeout(timer);
          timer = setTimeout(end, silenceMs);
          out.enqueue(bytes);
        },
      });
      const events = response.body.pipeThrough(alive, { signal })
        .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
        .pipeThrough(new EventSourceParserStream());
      for await (const { data } of events) hear(JSON.parse(data));
    } finally {
      clearTimeout(timer);
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await listen().catch(() => {}); // the next stream says where things stand
      await sleep(300);
    }
  }

  return { start: () => void run(), stop: () => stopped.abort() };
}

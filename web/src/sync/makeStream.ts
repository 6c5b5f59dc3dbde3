import { createParser } from "eventsource-parser";
import type { ChatEvent, Heartbeat, Hello } from "../../../functions/chat/model.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import { makePause } from "../time/makePause.ts";

export type StreamEvent = Hello | Heartbeat | ChatEvent;

export interface StreamParts {
  /** Ask for the stream; a fetch that refreshes the session on a 401 by itself. */
  open(signal: AbortSignal): Promise<Response>;
  clock: Clock;
  hear(event: StreamEvent): void;
  /** Whether events are flowing, told at every change. */
  onLive(isLive: boolean): void;
}

/** The server beats every 15 s: this long without a byte, and the connection is dead however open it looks. */
const silenceMs = 40_000;

/** On waking up, one missed beat is enough to doubt a connection. */
const doubtMs = 20_000;

/** A connection that ends younger than this did not end by plan. */
const youngMs = 1_000;

/**
 * One stream of events, for as long as it takes: a stream that ends by plan (its token expired) is opened again at
 * once, one that breaks or falls silent after a while, one that is refused with 401 not any more.
 */
export function makeStream(parts: StreamParts) {
  const { clock } = parts;
  const pause = makePause(clock);
  let connection: AbortController | undefined;
  let isStopped = false, isLive = false;
  let lastByteAt = 0, base = 500;

  const tell = (live: boolean) => {
    if (live !== isLive) parts.onLive(isLive = live);
  };

  /** One connection, from its request to its end. */
  async function listen(): Promise<void> {
    const mine = connection = new AbortController();
    let cancel = () => {};
    const heardByte = () => {
      cancel();
      lastByteAt = clock.now();
      cancel = clock.after(silenceMs, () => mine.abort());
    };
    heardByte();
    try {
      const response = await parts.open(mine.signal);
      if (!response.ok || !response.body) throw await RequestFailed.of(response);
      await read(response.body.getReader(), heardByte, mine.signal);
    } finally {
      cancel();
      mine.abort();
    }
  }

  async function read(reader: ReadableStreamDefaultReader<Uint8Array>, heardByte: () => void, signal: AbortSignal) {
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: ({ data }) => {
        if (signal.aborted) return;
        tell(true);
        parts.hear(JSON.parse(data));
      },
      onRetry: (ms) => base = ms,
    });
    // Abort ends a read under way even where the platform forgets to.
    signal.addEventListener("abort", () => void reader.cancel().catch(() => {}), { once: true });
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heardByte();
      parser.feed(decoder.decode(value, { stream: true }));
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !isStopped;) {
      const openedAt = clock.now();
      let endedByPlan = false;
      try {
        await listen();
        endedByPlan = clock.now() - openedAt >= youngMs;
      } catch (error) {
        if (error instanceof RequestFailed && error.status === 401) break;
      }
      if (isLive) failures = 0;
      tell(false);
      if (!isStopped && !endedByPlan) await pause.for(backoff(failures++, { base }));
    }
    tell(false);
  }

  return {
    start: () => void run(),
    stop() {
      isStopped = true;
      connection?.abort();
      pause.wake();
    },
    /** The network or the person came back: do not wait any longer, and do not trust a connection that missed a beat. */
    wake() {
      if (clock.now() - lastByteAt > doubtMs) connection?.abort();
      pause.wake();
    },
  };
}

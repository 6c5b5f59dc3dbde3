import { EventSourceParserStream } from "eventsource-parser/stream";
import { errorFields, log } from "../lib/log.ts";
import type { Redis } from "../lib/redis.ts";

/** How often the subscription is proved alive, and how long its proof may take, in milliseconds. */
const proveEveryMs = 5_000;
const proofWithinMs = 3_000;

/** How long the first listener waits for the subscription before it is served from the database alone. */
const openWithinMs = 1_000;

/** What a hub publishes to hear whether it hears. Another hub's beat proves as much. */
const beat = "beat";

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

/**
 * Stay subscribed to a channel until `close()`. A connection can end without a word, so it is proved end to end: a beat
 * is published and must come back. When it was lost and stands again, `onRepaired` is called: something may have been
 * missed. `opened` settles when the channel is open, or has had its chance; it never rejects.
 */
export function makeSubscription(
  redis: Redis,
  channel: string,
  onMessage: (payload: string) => void,
  onRepaired: () => void,
) {
  const closed = new AbortController();
  let attempt = new AbortController();
  let opens = () => {};
  const opened = Promise.race([new Promise<void>((done) => opens = done), sleep(openWithinMs)]);
  let hasFailed = false;
  let provenAt = 0;

  async function follow() {
    const res = await redis.subscribe(channel, AbortSignal.any([closed.signal, attempt.signal]));
    if (!res.ok || !res.body) throw new Error(`Cannot subscribe: the gateway answered ${res.status}`);
    const events = res.body
      .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
      .pipeThrough(new EventSourceParserStream());
    for await (const { data } of events) {
      if (data.startsWith("subscribe,")) isOpen();
      const payload = data.startsWith(`message,${channel},`) ? data.slice(`message,${channel},`.length) : null;
      if (payload === null) continue;
      provenAt = performance.now();
      if (payload !== beat) onMessage(payload);
    }
    throw new Error("The channel ended");
  }

  function isOpen() {
    provenAt = performance.now();
    opens();
    if (hasFailed) onRepaired();
    hasFailed = false;
  }

  async function keepFollowing() {
    for (let waitMs = 100; !closed.signal.aborted; waitMs = hasFailed ? Math.min(waitMs * 2, 3_000) : 100) {
      try {
        await follow();
      } catch (error) {
        if (closed.signal.aborted) return;
        if (!hasFailed) log("warn", "the event channel is lost: subscribing again", errorFields(error));
        hasFailed = true;
        attempt = new AbortController();
        await sleep(waitMs);
      }
    }
  }

  async function prove() {
    const askedAt = performance.now();
    await redis.command("PUBLISH", channel, beat).catch(() => {}); // silence is the answer
    await sleep(proofWithinMs);
    if (provenAt < askedAt) attempt.abort(new Error("The channel is deaf"));
  }

  const timer = setInterval(() => void prove(), proveEveryMs);
  closed.signal.addEventListener("abort", () => clearInterval(timer));
  void keepFollowing();

  return { opened, close: () => closed.abort() };
}

export type Subscription = ReturnType<typeof makeSubscription>;

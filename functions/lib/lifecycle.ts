import process from "node:process";

/**
 * The life of this process: what is under way, what must be closed, and whether it is stopping.
 * Knative sends SIGTERM after it has stopped routing to the pod; open work may finish, streams end, pools close.
 */
const stop = new AbortController();

/** What the runtime gets, in milliseconds, to send the end of the streams that were closed. */
const lastBytesMs = 100;

const underway = new Set<Promise<unknown>>();
const closers: (() => Promise<unknown> | unknown)[] = [];
let watched = false;

/** Aborts when the process begins to stop: streams end themselves on it. */
export const stopping: AbortSignal = stop.signal;

/** Keep the process alive until this work has settled. Its failure is the caller's to report. */
export function track<T>(work: Promise<T>): Promise<T> {
  underway.add(work);
  const done = () => underway.delete(work);
  work.then(done, done);
  return work;
}

/** Run when everything under way has settled, last registered first. */
export function onClose(close: () => Promise<unknown> | unknown): void {
  closers.push(close);
}

/** Wait until nothing is under way: what a test calls before it looks at the effects. */
export async function settled(): Promise<void> {
  while (underway.size > 0) await Promise.allSettled(underway);
}

/** End streams, finish what is under way (at most `graceMs`), close every client. Safe to call twice. */
export async function drain(graceMs = 10_000): Promise<void> {
  stop.abort();
  await Promise.race([settled(), new Promise((done) => setTimeout(done, graceMs).unref?.())]);
  for (const close of closers.splice(0).reverse()) await close();
}

/**
 * Stop gracefully on SIGTERM. Called on the first request, not at import, because importing a function has no effect.
 * A process that hosts many functions calls `host()` first and keeps the signal to itself.
 */
export function watchSignals(): void {
  if (watched) return;
  watched = true;
  process.once("SIGTERM", async () => {
    try {
      await drain();
    } finally {
      setTimeout(() => process.exit(), lastBytesMs);
    }
  });
}

/** Take over signals: the caller promises to call `drain` itself. */
export function host(): void {
  watched = true;
}

/**
 * Timers for the driver. The first global `setTimeout` of a Deno process loads Node's timers (10 ms); an abort signal
 * with a time limit does not. Signals cannot be taken back, so one serves all timers that end no earlier than it.
 */
interface Timer {
  at: number;
  run: () => void;
  /** So that a timer may be awaited by nobody. */
  unref: () => void;
}

const timers = new Set<Timer>();
let alarmAt = Infinity;

function arm(): void {
  const earliest = Math.min(...Array.from(timers, ({ at }) => at));
  if (earliest >= alarmAt) return;
  alarmAt = earliest;
  const signal = AbortSignal.timeout(Math.max(0, Math.ceil(earliest - performance.now())));
  signal.addEventListener("abort", () => ring(earliest));
}

function ring(at: number): void {
  if (at === alarmAt) alarmAt = Infinity;
  const now = performance.now();
  for (const timer of [...timers]) {
    if (timer.at <= now && timers.delete(timer)) timer.run();
  }
  arm();
}

export function setTimeout(run: (...args: unknown[]) => void, ms: number, ...args: unknown[]): Timer {
  const timer = { at: performance.now() + ms, run: () => run(...args), unref() {} };
  timers.add(timer);
  if (ms > 0) arm();
  else queueMicrotask(() => timers.delete(timer) && timer.run());
  return timer;
}

export function clearTimeout(timer: Timer | null): void {
  if (timer) timers.delete(timer);
}

/** At the end of this turn: what the driver writes meanwhile goes out as one. */
export const setImmediate = (run: () => void): Timer => setTimeout(run, 0);
export const clearImmediate = clearTimeout;

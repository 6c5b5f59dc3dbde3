import process from "node:process";

/** A process that was told to stop is gone by then, whatever hangs. What is cut off replays its log at the next start. */
const deadlineMs = 1_900;

/**
 * How this process ends: once, by running what was put down with `onStop`, the last first. SIGINT, SIGTERM and SIGHUP
 * begin it with exit code 0; a second one does not wait any longer.
 */
export function stopping({ begun, force }: { begun: () => void; force: () => void }) {
  const undo: (() => Promise<unknown>)[] = [];
  let isStopping = false;

  async function stop(code: number): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    const late = setTimeout(() => exit(code), deadlineMs);
    for (let next = undo.pop(); next; next = undo.pop()) await next().catch(() => {}); // the others must still be stopped
    clearTimeout(late);
    exit(code); // what was only just starting is not put down yet
  }

  function exit(code: number): void {
    force();
    process.exit(code);
  }

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (isStopping) return exit(130);
      begun();
      void stop(0);
    });
  }
  return {
    onStop: (action: () => Promise<unknown>) => void undo.push(action),
    stop,
    isStopping: () => isStopping,
  };
}

import { backoff } from "../time/backoff.ts";
import type { Pause } from "../time/makePause.ts";

type Job<T> = () => Promise<T>;

/** Jobs that run one after another, in the order they were given; `onIdle` is called whenever the last one is done. */
export function makeJobs({ pause, onIdle }: { pause: Pause; onIdle(): void }) {
  let count = 0, last: Promise<unknown> = Promise.resolve();

  function run<T>(job: Job<T>): Promise<T> {
    count++;
    const mine = last.then(job).finally(() => --count > 0 || onIdle());
    last = mine.catch(() => {});
    return mine;
  }

  async function persist<T>(job: Job<T>): Promise<T> {
    for (let failures = 0;; failures++) {
      try {
        return await job();
      } catch {
        await pause.for(backoff(failures));
      }
    }
  }

  return {
    isBusy: () => count > 0,
    /** Once; rejects as the job does. */
    run,
    /** As often as it takes. */
    insist: <T>(job: Job<T>): Promise<T> => run(() => persist(job)),
  };
}

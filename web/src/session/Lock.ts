/** Run something while nobody else who asks for the same name does. */
export type Lock = <T>(name: string, run: () => Promise<T>) => Promise<T>;

/** One at a time within this page. */
export function makePageLock(): Lock {
  const last = new Map<string, Promise<unknown>>();
  return (name, run) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(run, run);
    last.set(name, mine);
    return mine;
  };
}

/** One at a time among all tabs of this browser; within the page where the browser has no locks (plain http). */
export function makeBrowserLock(): Lock {
  if (!("locks" in navigator)) return makePageLock();
  return (name, run) => navigator.locks.request(name, run) as ReturnType<typeof run>;
}

/** Time as the rest of the client sees it, so that tests and simulations can bring their own. Milliseconds. */
export interface Clock {
  now(): number;
  /** Run once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

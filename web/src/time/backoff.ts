/**
 * How long to wait before trying again after `failures` failures: doubles from `base` to `cap` milliseconds, of which
 * the upper half is chance, so that a thousand clients do not come back as one.
 */
export function backoff(failures: number, { base = 500, cap = 30_000 } = {}): number {
  const whole = Math.min(cap, base * 2 ** Math.min(failures, 20));
  return whole / 2 + Math.random() * whole / 2;
}

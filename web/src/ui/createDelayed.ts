import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js";
import type { Clock } from "../time/Clock.ts";

/** True once `condition` has held for `ms`, false as soon as it does not: for what is not worth mentioning if it passes. */
export function createDelayed(condition: Accessor<boolean>, ms: number, clock: Clock): Accessor<boolean> {
  const [isDue, setDue] = createSignal(false);
  createEffect(() => {
    if (!condition()) return;
    onCleanup(clock.after(ms, () => setDue(true)));
    onCleanup(() => setDue(false));
  });
  return isDue;
}

import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import type { Clock } from "../time/Clock.ts";

/** How long typing has to rest before the server is asked, in milliseconds. */
const restMs = 200;

/** What somebody types, once they rest. */
export function createRested(value: Accessor<string>, clock: Clock): Accessor<string> {
  const [rested, setRested] = createSignal(value());
  createEffect(on(value, (value) => onCleanup(clock.after(restMs, () => setRested(value))), { defer: true }));
  return rested;
}

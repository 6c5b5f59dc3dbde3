import { type Accessor, createMemo, createSignal, onCleanup } from "solid-js";
import type { Clock } from "./Clock.ts";
import { startOfDay } from "./format.ts";

/** The first millisecond of today here, which a page left open overnight sees change. */
export function createToday(clock: Clock): Accessor<number> {
  const [now, setNow] = createSignal(clock.now());
  let cancel = () => {};
  const tick = () => {
    setNow(clock.now());
    cancel = clock.after(60_000, tick);
  };
  tick();
  onCleanup(() => cancel());
  return createMemo(() => startOfDay(now()));
}

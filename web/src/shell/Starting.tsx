import { Show } from "solid-js";
import type { Clock } from "../time/Clock.ts";
import { createDelayed } from "../ui/createDelayed.ts";
import { Wordmark } from "./Wordmark.tsx";

/** Before the server has said who this is. */
export function Starting(props: { clock: Clock }) {
  const isSlow = createDelayed(() => true, 2_500, props.clock);
  return (
    <main class="starting">
      <Wordmark />
      <p role="status">
        <Show when={isSlow()}>Parley does not answer yet. Still trying…</Show>
      </p>
    </main>
  );
}

import { createSignal, onCleanup, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { createDelayed } from "../ui/createDelayed.ts";

/** How long the stream may be away before it is worth a word, in milliseconds. */
const patienceMs = 2_000;

function createOnline() {
  const [isOnline, setOnline] = createSignal(navigator.onLine);
  const look = () => setOnline(navigator.onLine);
  for (const event of ["online", "offline"]) {
    addEventListener(event, look);
    onCleanup(() => removeEventListener(event, look));
  }
  return isOnline;
}

/** Says that news do not arrive at the moment, and what happens to what is written meanwhile. */
export function ConnectionBanner() {
  const { isLive, clock } = useParley();
  const isOnline = createOnline();
  const isAway = createDelayed(() => !isLive() || !isOnline(), patienceMs, clock);
  return (
    <div class="connection" role="status" aria-label="Connection">
      <Show when={isAway()}>
        <p class="connection-banner">
          <span class="pulse" aria-hidden="true" />
          <Show when={isOnline()} fallback="You are offline. What you write is kept and sent later.">
            Reconnecting…
          </Show>
        </p>
      </Show>
    </div>
  );
}

import { Show } from "solid-js";
import type { Outgoing } from "../outbox/OutboxStore.ts";
import { useParley } from "../parley/ParleyContext.ts";

/** How a message of mine is doing: on its way (said only when that takes a while), or refused, and what to do then. */
export function SendState(props: { message: Outgoing }) {
  const { outbox, toasts } = useParley();
  return (
    <Show when={props.message.failure} fallback={<p class="send-state is-sending">Sending…</p>}>
      {(reason) => (
        <p class="send-state is-failed">
          <span role="alert">Not sent: {reason()}</span>
          <button
            type="button"
            class="link-button"
            onClick={() => toasts.attempt(() => outbox.retry(props.message.id))}
          >
            Retry
          </button>
          <button
            type="button"
            class="link-button"
            onClick={() => toasts.attempt(() => outbox.discard(props.message.id))}
          >
            Discard
          </button>
        </p>
      )}
    </Show>
  );
}

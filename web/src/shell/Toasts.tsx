import { For } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { Icon } from "../ui/Icon.tsx";

/** Notes about what did not work. */
export function Toasts() {
  const { toasts } = useParley();
  return (
    <div class="toasts" role="alert">
      <For each={toasts.all()}>
        {(toast) => (
          <div class="toast">
            <Icon name="alert" />
            <p>{toast.text}</p>
            <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => toasts.dismiss(toast.id)}>
              <Icon name="close" />
            </button>
          </div>
        )}
      </For>
    </div>
  );
}

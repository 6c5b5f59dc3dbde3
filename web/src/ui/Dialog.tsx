import { createUniqueId, type JSX, onCleanup, onMount } from "solid-js";
import { Toasts } from "../shell/Toasts.tsx";
import { Icon } from "./Icon.tsx";

/** A modal dialog for as long as it is mounted. Escape, the cross and the backdrop close it; focus goes back to where it was. */
export function Dialog(props: { title: string; onClose: () => void; children: JSX.Element }) {
  const titleId = createUniqueId();
  let dialog!: HTMLDialogElement;
  let isGone = false;
  onMount(() => dialog.showModal());
  onCleanup(() => {
    isGone = true; // its event comes later, when another dialog may be open
    dialog.close();
  });
  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === dialog) props.onClose();
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    props.onClose();
  };

  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onClose={() => isGone || props.onClose()}
      on:keydown={closeOnEscape}
      on:pointerdown={closeOnBackdrop}
    >
      <div class="dialog-body">
        <header class="dialog-header">
          <h2 id={titleId}>{props.title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={() => props.onClose()}>
            <Icon name="close" />
          </button>
        </header>
        {props.children}
      </div>
      <Toasts /> {/* those of the page are below the backdrop, and silent */}
    </dialog>
  );
}

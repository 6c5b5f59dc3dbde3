import { createSignal, type JSX, Show } from "solid-js";

/** A button that asks once more before it does what cannot be taken back: the second press counts. */
export function ConfirmButton(
  props: { label: string; question: string; class?: string; children?: JSX.Element; onConfirm: () => void },
) {
  const [isAsking, setAsking] = createSignal(false);
  const press = () => {
    if (isAsking()) props.onConfirm();
    setAsking(!isAsking());
  };
  return (
    <button
      type="button"
      class={props.class ?? "button quiet"}
      classList={{ danger: isAsking() }}
      aria-label={isAsking() ? props.question : props.label}
      title={isAsking() ? undefined : props.label}
      onClick={press}
      onBlur={() => setAsking(false)}
    >
      <Show when={!isAsking()} fallback={props.question}>{props.children ?? props.label}</Show>
    </button>
  );
}

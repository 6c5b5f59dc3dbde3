import { createUniqueId, onMount, Show } from "solid-js";
import { Dynamic } from "solid-js/web";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** What is wrong with the value, in a few words that follow the label: "must be a URL". */
  problem?: string | undefined;
  hint?: string;
  type?: "text" | "url" | "tel";
  autocomplete?: string;
  isLong?: boolean;
  /** Takes the focus as it appears. */
  isFocused?: boolean;
}

/** A labelled line (or a few) of text, with its hint and what is wrong with it. */
export function Field(props: FieldProps) {
  const id = createUniqueId();
  let input!: HTMLElement;
  onMount(() => props.isFocused && input.focus());
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <Dynamic
        component={props.isLong ? "textarea" : "input"}
        ref={(element: HTMLElement) => input = element}
        id={id}
        type={props.isLong ? undefined : props.type ?? "text"}
        rows={props.isLong ? 3 : undefined}
        autocomplete={props.autocomplete ?? "off"}
        value={props.value}
        aria-invalid={props.problem ? "true" : undefined}
        aria-describedby={`${id}-note`}
        onInput={(event: InputEvent) => props.onInput((event.currentTarget as HTMLInputElement).value)}
      />
      <p id={`${id}-note`} class="field-note" classList={{ "is-problem": !!props.problem }} aria-live="polite">
        <Show when={props.problem} fallback={props.hint}>{props.label} {props.problem}</Show>
      </p>
    </div>
  );
}

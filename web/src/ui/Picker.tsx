import { createEffect, createSignal, createUniqueId, For, type JSX, on, Show } from "solid-js";
import { Icon } from "./Icon.tsx";

export interface Choice {
  id: string;
  label: string;
  detail?: string | undefined;
  picture: () => JSX.Element;
}

interface PickerProps {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  /** undefined while they are on their way. */
  choices: readonly Choice[] | undefined;
  onChoose: (id: string) => void;
  /** What to say when nothing fits, where that can be. */
  empty?: string;
}

/** A search field over a list of choices: arrows move, Enter takes, as the ARIA combobox pattern has it. */
export function Picker(props: PickerProps) {
  const id = createUniqueId();
  const [active, setActive] = createSignal(0);
  createEffect(on(() => [props.query, props.choices?.length], () => setActive(0)));
  const optionId = (index: number) => `${id}-${index}`;

  function move(by: number) {
    const count = props.choices?.length ?? 0;
    if (count === 0) return;
    setActive((active() + by + count) % count);
    document.getElementById(optionId(active()))?.scrollIntoView({ block: "nearest" });
  }
  function press(event: KeyboardEvent) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") {
      const choice = props.choices?.[active()];
      if (choice) props.onChoose(choice.id);
    } else return;
    event.preventDefault();
  }

  return (
    <div class="picker">
      <div class="search-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          autofocus
          autocomplete="off"
          spellcheck={false}
          aria-label={props.label}
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={props.choices?.length ? optionId(active()) : undefined}
          placeholder={props.placeholder}
          value={props.query}
          onInput={(event) => props.onQuery(event.currentTarget.value)}
          onKeyDown={press}
        />
      </div>
      <ul id={id} role="listbox" aria-label={props.label} class="picker-choices">
        <For each={props.choices}>
          {(choice, index) => (
            <li
              id={optionId(index())}
              role="option"
              aria-selected={index() === active()}
              class="picker-choice"
              onPointerMove={() => setActive(index())}
              onClick={() => props.onChoose(choice.id)}
            >
              {choice.picture()}
              <span class="two-lines">
                <span>{choice.label}</span>
                <Show when={choice.detail}>{(detail) => <small>{detail()}</small>}</Show>
              </span>
            </li>
          )}
        </For>
      </ul>
      <p class="picker-note" role="status">
        <Show when={props.choices?.length === 0}>{props.empty}</Show>
        <Show when={!props.choices}>Searching…</Show>
      </p>
    </div>
  );
}

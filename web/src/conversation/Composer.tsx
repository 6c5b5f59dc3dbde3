import { createEffect, on, onMount, Show } from "solid-js";
import * as v from "valibot";
import { Content } from "../../../functions/chat/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { Icon } from "../ui/Icon.tsx";
import { ComposerSubject } from "./ComposerSubject.tsx";
import { createWriting } from "./createWriting.ts";
import { useConversation } from "./ConversationContext.ts";

const { maxLength } = v.getMetadata(Content);

/** How close to the limit the count is shown, in characters. */
const nearLimit = 200;

/** On a touch keyboard Enter makes a new line, as people there expect; the button sends. */
const hasTouchKeyboard = () => matchMedia("(pointer: coarse)").matches;

/**
 * Where one writes. Enter sends, Shift+Enter makes a new line; what is not sent stays as a draft. Arrow up, where
 * nothing is written, edits the last message of mine; Escape leaves it as it was.
 */
export function Composer() {
  const { titleOf } = useParley();
  const { room, intent, answered, edited, drop, editLast } = useConversation();
  const { text, write, canSend, send } = createWriting();
  const remaining = () => maxLength - [...text()].length;
  let input!: HTMLTextAreaElement;

  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  };
  createEffect(on(text, grow));
  createEffect(on(intent, (wish) => wish && input.focus()));
  onMount(() => hasTouchKeyboard() || input.focus());

  function submit(event: Event) {
    event.preventDefault();
    input.focus();
    if (canSend()) void send();
  }
  function press(event: KeyboardEvent) {
    const { key, shiftKey, isComposing } = event;
    if (key === "ArrowUp" && !text() && !edited()) editLast();
    else if (key === "Escape" && (edited() ?? answered())) drop();
    else if (key === "Enter" && !shiftKey && !isComposing && !hasTouchKeyboard()) submit(event);
    else return;
    event.preventDefault();
  }

  return (
    <form class="composer" aria-label="Write a message" onSubmit={submit}>
      <ComposerSubject />
      <textarea
        ref={input}
        rows={1}
        aria-label="Message"
        placeholder={`Message ${titleOf(room())}`}
        enterkeyhint="enter"
        value={text()}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={press}
      />
      <Show when={remaining() <= nearLimit}>
        <output class="remaining" classList={{ "is-over": remaining() < 0 }}>
          {remaining() < 0 ? `${-remaining()} too many` : `${remaining()} left`}
        </output>
      </Show>
      <button
        type="submit"
        class="send-button"
        aria-label={edited() ? "Save" : "Send"}
        title={edited() ? "Save" : "Send"}
        disabled={!canSend()}
      >
        <Icon name={edited() ? "check" : "send"} />
      </button>
    </form>
  );
}

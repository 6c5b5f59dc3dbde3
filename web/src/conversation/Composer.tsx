import { createEffect, createSignal, on, onMount, Show } from "solid-js";
import * as v from "valibot";
import { Content } from "../../../functions/chat/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";
import type { RoomState } from "../sync/RoomState.ts";
import { Icon } from "../ui/Icon.tsx";
import { draftOf, keepDraft } from "./drafts.ts";

const { maxLength } = v.getMetadata(Content);

/** How close to the limit the count is shown, in characters. */
const nearLimit = 200;

/** On a touch keyboard Enter makes a new line, as people there expect; the button sends. */
const hasTouchKeyboard = () => matchMedia("(pointer: coarse)").matches;

/** Where one writes. Enter sends, Shift+Enter makes a new line; what is not sent stays as a draft. */
export function Composer(props: { room: RoomState }) {
  const { me, outbox, titleOf, toasts } = useParley();
  const [text, setText] = createSignal(draftOf(me().id, props.room.id));
  const remaining = () => maxLength - [...text()].length;
  const canSend = () => v.is(Content, text().trim());
  let input!: HTMLTextAreaElement;

  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  };
  createEffect(on(text, grow));
  onMount(() => hasTouchKeyboard() || input.focus());

  function write(next: string) {
    setText(next);
    keepDraft(me().id, props.room.id, next);
  }
  async function send(event: Event) {
    event.preventDefault();
    if (!canSend()) return;
    const content = text().trim();
    write("");
    input.focus();
    if (!await toasts.attempt(() => outbox.add(props.room.id, content))) write(content);
  }
  function press(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || hasTouchKeyboard()) return;
    void send(event);
  }

  return (
    <form class="composer" aria-label="Write a message" onSubmit={send}>
      <textarea
        ref={input}
        rows={1}
        aria-label="Message"
        placeholder={`Message ${titleOf(props.room)}`}
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
      <button type="submit" class="send-button" aria-label="Send" title="Send" disabled={!canSend()}>
        <Icon name="send" />
      </button>
    </form>
  );
}

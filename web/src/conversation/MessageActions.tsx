import { createSignal, Match, Show, Switch } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { Icon } from "../ui/Icon.tsx";
import { Popup } from "../ui/Popup.tsx";
import { useConversation } from "./ConversationContext.ts";
import { EmojiRow } from "./EmojiRow.tsx";
import { MessageMenu } from "./MessageMenu.tsx";
import { ReadBy } from "./ReadBy.tsx";

/**
 * What one may do with a message: beside it while it is pointed at, under one button on a touch screen. The Tab key
 * stops at one message only; arrows lead to the others.
 */
export function MessageActions(props: { message: Message }) {
  const { reply, isCurrent } = useConversation();
  const [open, setOpen] = createSignal<"react" | "menu" | "reads">();
  let reactButton!: HTMLButtonElement, menuButton!: HTMLButtonElement;
  const tabIndex = () => isCurrent(props.message.id) ? 0 : -1;
  const toggle = (what: "react" | "menu") => setOpen(open() === what ? undefined : what);
  const close = () => setOpen(undefined);
  function done() {
    const button = open() === "react" ? reactButton : menuButton;
    close();
    button.focus();
  }

  return (
    <div class="message-actions" classList={{ "is-open": !!open() }}>
      <button
        ref={reactButton}
        type="button"
        class="icon-button"
        aria-label="React"
        title="React"
        aria-expanded={open() === "react"}
        tabindex={tabIndex()}
        onClick={() => toggle("react")}
      >
        <Icon name="react" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Reply"
        title="Reply"
        tabindex={tabIndex()}
        onClick={() => reply(props.message)}
      >
        <Icon name="reply" />
      </button>
      <button
        ref={menuButton}
        type="button"
        class="icon-button"
        aria-label="More"
        title="More"
        aria-expanded={open() === "menu"}
        tabindex={tabIndex()}
        onClick={() => toggle("menu")}
      >
        <Icon name="more" />
      </button>
      <Switch>
        <Match when={open() === "react"}>
          <Popup label="React" anchor={reactButton} onClose={close}>
            <EmojiRow message={props.message} onDone={done} />
          </Popup>
        </Match>
        <Match when={open() === "menu"}>
          <Popup label="Message" anchor={menuButton} onClose={close}>
            <MessageMenu message={props.message} onDone={done} onClose={close} onReads={() => setOpen("reads")} />
          </Popup>
        </Match>
      </Switch>
      <Show when={open() === "reads"}>
        <ReadBy message={props.message} onClose={done} />
      </Show>
    </div>
  );
}

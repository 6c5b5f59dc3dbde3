import { createSignal, Match, Show, Switch } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { Popup } from "../ui/Popup.tsx";
import { ActionButton } from "./ActionButton.tsx";
import { useConversation } from "./ConversationContext.ts";
import { EmojiRow } from "./EmojiRow.tsx";
import { MessageMenu } from "./MessageMenu.tsx";
import { ReadBy } from "./ReadBy.tsx";

/** What one may do with a message: beside it while it is pointed at, under one button on a touch screen. */
export function MessageActions(props: { message: Message }) {
  const { reply, remove } = useConversation();
  const [open, setOpen] = createSignal<"react" | "menu" | "reads">();
  let reactButton!: HTMLButtonElement, menuButton!: HTMLButtonElement;
  const toggle = (what: "react" | "menu") => setOpen(open() === what ? undefined : what);
  const close = () => setOpen(undefined);
  function done() {
    const button = open() === "react" ? reactButton : menuButton;
    close();
    button.focus();
  }
  /** The focus stays with the line, whose buttons go. */
  function removeIt() {
    const line = menuButton.closest<HTMLElement>(".message");
    close();
    line?.focus();
    void remove(props.message);
  }

  return (
    <div class="message-actions" classList={{ "is-open": !!open() }}>
      <ActionButton
        label="React"
        icon="react"
        messageId={props.message.id}
        isOpen={open() === "react"}
        button={(button) => reactButton = button}
        onPress={() => toggle("react")}
      />
      <ActionButton label="Reply" icon="reply" messageId={props.message.id} onPress={() => reply(props.message)} />
      <ActionButton
        label="More"
        icon="more"
        messageId={props.message.id}
        isOpen={open() === "menu"}
        button={(button) => menuButton = button}
        onPress={() => toggle("menu")}
      />
      <Switch>
        <Match when={open() === "react"}>
          <Popup label="React" anchor={reactButton} onClose={close}>
            <EmojiRow message={props.message} onDone={done} />
          </Popup>
        </Match>
        <Match when={open() === "menu"}>
          <Popup label="Message" anchor={menuButton} onClose={close}>
            <MessageMenu
              message={props.message}
              onDone={done}
              onClose={close}
              onReads={() => setOpen("reads")}
              onRemove={removeIt}
            />
          </Popup>
        </Match>
      </Switch>
      <Show when={open() === "reads"}>
        <ReadBy message={props.message} onClose={done} />
      </Show>
    </div>
  );
}

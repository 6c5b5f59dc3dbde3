import { Show } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { ConfirmButton } from "../ui/ConfirmButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useConversation } from "./ConversationContext.ts";
import { EmojiRow } from "./EmojiRow.tsx";

interface MessageMenuProps {
  message: Message;
  /** It is done, and the focus goes back to the message. */
  onDone: () => void;
  /** It is done, and the focus goes elsewhere. */
  onClose: () => void;
  onReads: () => void;
  onRemove: () => void;
}

/** Everything one may do with a message. */
export function MessageMenu(props: MessageMenuProps) {
  const { toasts } = useParley();
  const { reply, edit, mayEdit, mayDelete } = useConversation();
  function leaveTo(act: (message: Message) => unknown) {
    const { message } = props;
    props.onClose();
    act(message);
  }
  async function copy() {
    await toasts.attempt(() => navigator.clipboard.writeText(props.message.content));
    props.onDone();
  }
  return (
    <>
      <EmojiRow message={props.message} onDone={props.onDone} />
      <div class="menu">
        <button type="button" onClick={() => leaveTo(reply)}>
          <Icon name="reply" />Reply
        </button>
        <Show when={mayEdit(props.message)}>
          <button type="button" onClick={() => leaveTo(edit)}>
            <Icon name="edit" />Edit
          </button>
        </Show>
        <button type="button" onClick={copy}>
          <Icon name="copy" />Copy text
        </button>
        <button type="button" onClick={() => props.onReads()}>
          <Icon name="eye" />Read by
        </button>
        <Show when={mayDelete(props.message)}>
          <ConfirmButton
            class="menu-delete"
            label="Delete"
            question="Press again to delete"
            onConfirm={() => props.onRemove()}
          >
            <Icon name="trash" />Delete
          </ConfirmButton>
        </Show>
      </div>
    </>
  );
}

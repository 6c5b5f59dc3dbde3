import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { Icon } from "../ui/Icon.tsx";
import { useConversation } from "./ConversationContext.ts";

/** The message that another one answers, in a line; a click leads there, if it is among those that are here. */
export function Quote(props: { messageId: string }) {
  const { people, me } = useParley();
  const { message, show } = useConversation();
  const quoted = () => message(props.messageId);
  const name = () => quoted()!.senderId === me().id ? "You" : people.nameOf(quoted()!.senderId);
  return (
    <Show
      when={quoted()}
      fallback={
        <p class="quote">
          <Icon name="reply" />An earlier message
        </p>
      }
    >
      {(quoted) => (
        <button type="button" class="quote" title="Show this message" onClick={() => show(quoted().seq)}>
          <Icon name="reply" />
          <span>
            <span class="visually-hidden">In answer to</span> <b>{name()}</b>{" "}
            {quoted().deletedAt ? "Message deleted" : quoted().content}
          </span>
        </button>
      )}
    </Show>
  );
}

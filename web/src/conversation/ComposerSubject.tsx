import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { Icon } from "../ui/Icon.tsx";
import { useConversation } from "./ConversationContext.ts";

/** Above the composer: the message that is answered or edited, and the way out of it. */
export function ComposerSubject() {
  const { people, me } = useParley();
  const { answered, edited, drop } = useConversation();
  const name = (userId: string) => userId === me().id ? "yourself" : people.nameOf(userId);
  return (
    <Show when={edited() ?? answered()}>
      {(message) => (
        <div class="composer-subject">
          <Icon name={edited() ? "edit" : "reply"} />
          <p role="status">
            <b>{edited() ? "Edit message" : `Reply to ${name(message().senderId)}`}</b> {message().content}
          </p>
          <button
            type="button"
            class="icon-button"
            aria-label={edited() ? "Cancel edit" : "Cancel reply"}
            title="Cancel"
            onClick={drop}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </Show>
  );
}

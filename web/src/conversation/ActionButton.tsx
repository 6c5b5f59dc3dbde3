import type { ComponentProps } from "solid-js";
import { Icon } from "../ui/Icon.tsx";
import { useConversation } from "./ConversationContext.ts";

interface ActionButtonProps {
  label: string;
  icon: ComponentProps<typeof Icon>["name"];
  messageId: string;
  /** Whether what it opens is open; left out where it opens nothing. */
  isOpen?: boolean;
  button?: (button: HTMLButtonElement) => void;
  onPress: () => void;
}

/** One of the buttons beside a message. The Tab key stops at those of one message only; arrows lead to the others. */
export function ActionButton(props: ActionButtonProps) {
  const { isCurrent } = useConversation();
  return (
    <button
      ref={(button) => props.button?.(button)}
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-haspopup={props.isOpen === undefined ? undefined : "dialog"}
      aria-expanded={props.isOpen}
      tabindex={isCurrent(props.messageId) ? 0 : -1}
      onClick={() => props.onPress()}
    >
      <Icon name={props.icon} />
    </button>
  );
}

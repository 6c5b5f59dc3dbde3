import { createSignal, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { RoomDetails } from "../rooms/RoomDetails.tsx";
import type { RoomState } from "../sync/RoomState.ts";
import { Composer } from "./Composer.tsx";
import { ConversationHeader } from "./ConversationHeader.tsx";
import { MessageList } from "./MessageList.tsx";

/** One room, open: who, what was said, and where to say more. */
export function Conversation(props: { room: RoomState }) {
  const { titleOf } = useParley();
  const [hasDetails, setDetails] = createSignal(false);
  let opener!: HTMLButtonElement;
  function closeDetails() {
    setDetails(false);
    opener.focus();
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape" && hasDetails() && !event.defaultPrevented) closeDetails();
  };
  return (
    <div class="conversation" onKeyDown={press}>
      <section class="conversation-main" aria-label={`Conversation: ${titleOf(props.room)}`}>
        <ConversationHeader
          room={props.room}
          hasDetails={hasDetails()}
          onDetails={() => setDetails(!hasDetails())}
          opener={(button) => opener = button}
        />
        <Show when={props.room.messages} fallback={<p class="page-note skeleton" role="status">Opening…</p>}>
          <MessageList room={props.room} />
        </Show>
        <Composer room={props.room} />
      </section>
      <Show when={hasDetails()}>
        <RoomDetails room={props.room} onClose={closeDetails} />
      </Show>
    </div>
  );
}

import { createEffect, createSignal, on, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { TypingLine } from "../presence/TypingLine.tsx";
import { RoomDetails } from "../rooms/RoomDetails.tsx";
import type { RoomState } from "../sync/RoomState.ts";
import { Composer } from "./Composer.tsx";
import { ConversationContext } from "./ConversationContext.ts";
import { ConversationHeader } from "./ConversationHeader.tsx";
import { createConversation } from "./createConversation.ts";
import { MessageList } from "./MessageList.tsx";

/** One room, open: who, what was said (from `place` on, if somebody wants to see that), and where to say more. */
export function Conversation(props: { room: RoomState; place: number | undefined }) {
  const { titleOf } = useParley();
  const conversation = createConversation(() => props.room);
  createEffect(on(() => props.place, (place) => place && void conversation.show(place)));
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
    <ConversationContext.Provider value={conversation}>
      <div class="conversation" onKeyDown={press}>
        <section class="conversation-main" aria-label={`Conversation: ${titleOf(props.room)}`}>
          <ConversationHeader
            room={props.room}
            hasDetails={hasDetails()}
            onDetails={() => setDetails(!hasDetails())}
            opener={(button) => opener = button}
          />
          <Show when={props.room.messages} fallback={<p class="page-note skeleton" role="status">Opening…</p>}>
            <MessageList />
          </Show>
          <TypingLine roomId={props.room.id} />
          <Composer />
        </section>
        <Show when={hasDetails()}>
          <RoomDetails room={props.room} onClose={closeDetails} />
        </Show>
      </div>
    </ConversationContext.Provider>
  );
}

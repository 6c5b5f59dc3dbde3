import { createEffect, createMemo, createSignal, For, on, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { type RoomState, unreadIn } from "../sync/RoomState.ts";
import { Icon } from "../ui/Icon.tsx";
import { createReading } from "./createReading.ts";
import { createScroll } from "./createScroll.ts";
import { entriesOf, isOutgoing } from "./entries.ts";
import { MessageRow } from "./MessageRow.tsx";

/** What was said in a room, oldest first; more history comes as one scrolls up. */
export function MessageList(props: { room: RoomState }) {
  const { rooms, outbox, me, toasts } = useParley();
  const [isLoadingOlder, setLoadingOlder] = createSignal(false);
  let list!: HTMLDivElement;

  const outgoing = createMemo(() => outbox.of(props.room.id));
  const entries = createMemo(() => entriesOf(props.room.messages ?? [], outgoing()));
  const reading = createReading(() => props.room, () => list);
  const scroll = createScroll({
    element: () => list,
    entries,
    onNearStart: loadOlder,
    onMove: reading.look,
    startAt: () => list.querySelector(".new-separator"),
  });
  const firstNew = createMemo(() => {
    const since = reading.newSince(), { messages, hasOlder } = props.room;
    const isInWindow = since !== null && messages && (!hasOlder || messages[0]!.seq <= since + 1);
    if (isInWindow) return messages.find((message) => message.seq > since && message.senderId !== me().id)?.id;
  });

  const jumpLabel = () =>
    unreadIn(props.room) ? `${unreadIn(props.room)} new messages: jump to the newest` : "Jump to the newest message";

  async function loadOlder() {
    if (isLoadingOlder() || !props.room.hasOlder) return;
    setLoadingOlder(true);
    await toasts.attempt(() => rooms.grow(props.room.id, "older"));
    setLoadingOlder(false);
  }

  createEffect(
    on(() => outgoing().length, (now, before) => before !== undefined && now > before && reading.forgetNew()),
  );

  return (
    <div class="messages-frame">
      <div ref={list} class="messages" role="log" aria-label="Messages" tabindex="0" onScroll={scroll.look}>
        <Show when={props.room.hasOlder} fallback={<p class="history-start">This is where it begins.</p>}>
          <button type="button" class="button quiet older-button" disabled={isLoadingOlder()} onClick={loadOlder}>
            {isLoadingOlder() ? "Loading…" : "Show earlier messages"}
          </button>
        </Show>
        <ol class="message-list">
          <For each={entries()}>
            {(entry, index) => (
              <MessageRow
                entry={entry}
                before={entries()[index() - 1]}
                isFirstNew={!isOutgoing(entry) && firstNew() === entry.id}
              />
            )}
          </For>
        </ol>
      </div>
      <Show when={!scroll.isAtEnd()}>
        <button type="button" class="jump-button" aria-label={jumpLabel()} onClick={scroll.toEnd}>
          <Icon name="down" />
          {unreadIn(props.room) ? `${unreadIn(props.room)} new` : "Newest"}
        </button>
      </Show>
    </div>
  );
}

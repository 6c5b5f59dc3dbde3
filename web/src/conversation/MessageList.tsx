import { createEffect, createMemo, For, on, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { isInWindow, unreadIn } from "../sync/RoomState.ts";
import { useConversation } from "./ConversationContext.ts";
import { createGrowing } from "./createGrowing.ts";
import { createReading } from "./createReading.ts";
import { createScroll } from "./createScroll.ts";
import { entriesOf, type Entry, isOutgoing } from "./entries.ts";
import { GrowButton, JumpButton } from "./HistoryButtons.tsx";
import { MessageRow } from "./MessageRow.tsx";
import { toNeighbour } from "./toNeighbour.ts";

/** What was said in a room, oldest first; more history comes as one scrolls to either end of what is here. */
export function MessageList() {
  const { rooms, outbox, me, toasts } = useParley();
  const { room, target } = useConversation();
  const { growing, grow } = createGrowing(room);
  let list!: HTMLDivElement;

  const outgoing = createMemo(() => outbox.of(room().id));
  const entries = createMemo(() => entriesOf(room().messages ?? [], outgoing()));
  const places = createMemo(() => new Map(entries().map(({ id }, at) => [id, at])));
  const reading = createReading(room);
  const scroll = createScroll({
    element: () => list,
    entries,
    isDetached: () => room().hasNewer,
    onNear: grow,
    onMove: reading.look,
    startAt: () => list.querySelector(".new-separator"),
  });
  const firstNew = createMemo(() => {
    const since = reading.newSince(), { messages } = room();
    if (since === null || !messages || !isInWindow(room(), since + 1)) return;
    return messages.find((message) => message.seq > since && message.senderId !== me().id)?.id;
  });

  async function toNewest() {
    if (!room().hasNewer || await toasts.attempt(() => rooms.turnTo(room().id, null))) scroll.toEnd();
  }
  createEffect(on(target, (target) => target && scroll.toSeq(target.seq)));
  createEffect(on(() => outgoing().length, (now, before = 0) => {
    if (now <= before) return;
    reading.forgetNew();
    if (room().hasNewer) void toNewest();
  }));

  const row = (id: string) => {
    const entry = createMemo<Entry>((known) => entries()[places().get(id) ?? -1] ?? known!);
    const before = () => entries()[(places().get(id) ?? 0) - 1];
    return <MessageRow entry={entry()} before={before()} isFirstNew={!isOutgoing(entry()) && firstNew() === id} />;
  };
  return (
    <div class="messages-frame">
      <div
        ref={list}
        class="messages"
        role="log"
        aria-label="Messages"
        tabindex="0"
        onScroll={scroll.look}
        onKeyDown={toNeighbour}
      >
        <Show when={room().hasOlder} fallback={<p class="history-start">This is where it begins.</p>}>
          <GrowButton label="Show earlier messages" isGrowing={growing() === "older"} onGrow={() => grow("older")} />
        </Show>
        <ol class="message-list">
          <For each={entries().map(({ id }) => id)}>{row}</For>
        </ol>
        <Show when={room().hasNewer}>
          <GrowButton label="Show later messages" isGrowing={growing() === "newer"} onGrow={() => grow("newer")} />
        </Show>
      </div>
      <Show when={!scroll.isAtEnd()}>
        <JumpButton unread={unreadIn(room())} onJump={toNewest} />
      </Show>
    </div>
  );
}

import { createMemo, For, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { useShell } from "../shell/ShellContext.ts";
import { RoomRow } from "./RoomRow.tsx";
import "./rooms.css";

/** The row that an arrow key leads to from the one in focus. */
function neighbour(event: KeyboardEvent & { currentTarget: HTMLElement }): HTMLElement | undefined {
  const links = [...event.currentTarget.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  return to === undefined || at < 0 ? undefined : links[to];
}

/** My rooms, the most recently active first. Arrow keys move between them. */
export function RoomList() {
  const { rooms } = useParley();
  const { startConversation } = useShell();
  const ids = createMemo(() => rooms.all().map(({ id }) => id));
  const press = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const next = neighbour(event);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <Show when={rooms.isListed() || ids().length > 0} fallback={<p class="skeleton" role="status">Loading…</p>}>
      <Show
        when={ids().length > 0}
        fallback={
          <div class="empty-list">
            <p>No conversations yet.</p>
            <button type="button" class="button primary" onClick={startConversation}>Start one</button>
          </div>
        }
      >
        <ul class="room-list" onKeyDown={press}>
          <For each={ids()}>{(id) => <RoomRow roomId={id} />}</For>
        </ul>
      </Show>
    </Show>
  );
}

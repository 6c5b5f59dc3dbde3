import { For, Show } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "../people/Avatar.tsx";
import { exactTime, shortTime } from "../time/format.ts";
import { createPages } from "../ui/createPages.ts";
import { Dialog } from "../ui/Dialog.tsx";

/** Who has read a message, and when. */
export function ReadBy(props: { message: Message; onClose: () => void }) {
  const { api, people, today } = useParley();
  const { roomId, id } = props.message;
  const reads = createPages(async (cursor) => {
    const { reads, cursor: next } = await api.listReads(roomId, id, cursor);
    return { rows: reads, cursor: next };
  });
  return (
    <Dialog title="Read by" onClose={props.onClose}>
      <Show when={reads.rows()} fallback={<p class="skeleton" role="status">Loading…</p>}>
        {(rows) => (
          <ul class="reads" aria-label="Readers">
            <For each={rows()} fallback={<li class="hint">Nobody yet.</li>}>
              {({ userId, readAt }) => (
                <li class="participant">
                  <PersonAvatar userId={userId} />
                  <span class="participant-name">{people.nameOf(userId)}</span>
                  <time dateTime={readAt} title={exactTime(readAt)}>{shortTime(readAt, today())}</time>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
      <Show when={reads.hasMore()}>
        <button type="button" class="button quiet" disabled={reads.isLoading()} onClick={reads.more}>Show more</button>
      </Show>
    </Dialog>
  );
}

import { For, Show } from "solid-js";
import type { Message, Reaction } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";

/** People named for one emoji before "and 3 more". */
const named = 12;

/** How people reacted to a message. A press adds mine, or takes it back. */
export function ReactionChips(props: { message: Message }) {
  const { rooms, people, me } = useParley();
  const reactions = () => rooms.reactionsOf(props.message);
  const isMine = ({ userIds }: Reaction) => userIds.includes(me().id);
  function names({ userIds }: Reaction): string {
    const those = userIds.slice(0, named).map((id) => id === me().id ? "You" : people.nameOf(id));
    const more = userIds.length - those.length;
    return [...those, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  }
  const of = (emoji: string) => reactions().find((reaction) => reaction.emoji === emoji) ?? { emoji, userIds: [] };
  return (
    <Show when={reactions().length > 0}>
      <ul class="reactions" aria-label="Reactions">
        <For each={reactions().map(({ emoji }) => emoji)}>
          {(emoji) => (
            <li>
              <button
                type="button"
                class="reaction"
                aria-pressed={isMine(of(emoji))}
                aria-label={`${emoji} ${of(emoji).userIds.length}: ${names(of(emoji))}`}
                title={names(of(emoji))}
                onClick={() => rooms.react(props.message, emoji)}
              >
                <span aria-hidden="true">{emoji}</span> {of(emoji).userIds.length}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

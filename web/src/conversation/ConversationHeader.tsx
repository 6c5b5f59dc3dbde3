import { A } from "@solidjs/router";
import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { presenceWords } from "../presence/presenceWords.ts";
import { RoomAvatar } from "../rooms/RoomAvatar.tsx";
import type { RoomState } from "../sync/RoomState.ts";
import { Icon } from "../ui/Icon.tsx";

/** Names shown before "and 3 more". */
const shownNames = 3;

/** Whom one talks to, the way back on a phone, and the door to the details. */
export function ConversationHeader(
  props: { room: RoomState; hasDetails: boolean; onDetails: () => void; opener: (button: HTMLButtonElement) => void },
) {
  const { titleOf, people, presence, me, today } = useParley();
  function subtitle(): string {
    const { peerId, members } = props.room;
    if (peerId) {
      const about = people.user(peerId)?.status ?? `@${people.user(peerId)?.username ?? "…"}`;
      return [presenceWords(presence.of(peerId), today()), about].filter(Boolean).join(" · ");
    }
    if (!members) return "…";
    const others = members.filter(({ userId }) => userId !== me().id);
    const names = others.slice(0, shownNames).map(({ userId }) => people.nameOf(userId));
    const more = others.length - names.length;
    return ["You", ...names, ...(more > 0 ? [`${more}${props.room.hasMoreMembers ? "+" : ""} more`] : [])].join(", ");
  }
  return (
    <header class="conversation-header">
      <A href="/" replace class="icon-button only-narrow" aria-label="Back to all conversations">
        <Icon name="back" />
      </A>
      <RoomAvatar room={props.room} />
      <div class="two-lines">
        <h1>{titleOf(props.room)}</h1>
        <small>
          <Show when={props.room.roomType === "public"}>
            <Icon name="public" />
          </Show>
          {subtitle()}
        </small>
      </div>
      <button
        ref={(button) => props.opener(button)}
        type="button"
        class="icon-button"
        aria-label="Details"
        title="Details"
        aria-expanded={props.hasDetails}
        onClick={() => props.onDetails()}
      >
        <Icon name="panel" />
      </button>
    </header>
  );
}

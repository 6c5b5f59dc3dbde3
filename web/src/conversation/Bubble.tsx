import { Show } from "solid-js";
import { exactTime } from "../time/format.ts";
import { type Entry, isEmoji, isOutgoing } from "./entries.ts";
import { MessageText } from "./MessageText.tsx";

/** The words of a message, and whether they are the first ones. */
export function Bubble(props: { entry: Entry }) {
  const isDeleted = () => !isOutgoing(props.entry) && props.entry.deletedAt !== null;
  const editedAt = () => {
    if (isOutgoing(props.entry) || isDeleted()) return;
    const { createdAt, updatedAt } = props.entry;
    return updatedAt === createdAt ? undefined : updatedAt;
  };
  return (
    <div
      class="bubble"
      classList={{ "is-deleted": isDeleted(), "is-emoji": isEmoji(props.entry.content) }}
      title={exactTime(props.entry.createdAt)}
    >
      <Show when={!isDeleted()} fallback="Message deleted">
        <MessageText text={props.entry.content} />
        <Show when={editedAt()}>
          {(at) => <small class="edited" title={`Edited ${exactTime(at())}`}>edited</small>}
        </Show>
      </Show>
    </div>
  );
}

import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "../people/Avatar.tsx";
import { clockTime, dayName, exactTime } from "../time/format.ts";
import { type Entry, isEmoji, isOutgoing, senderOf, startsDay, startsGroup } from "./entries.ts";
import { MessageText } from "./MessageText.tsx";
import { SendState } from "./SendState.tsx";

/** One message, with whatever has to be said above it: the day, that it is new, whose it is. */
export function MessageRow(props: { entry: Entry; before: Entry | undefined; isFirstNew: boolean }) {
  const { me, people, today } = useParley();
  const isMine = () => senderOf(props.entry) === me().id;
  const isFirst = () => props.isFirstNew || startsGroup(props.entry, props.before);
  const isDeleted = () => !isOutgoing(props.entry) && props.entry.deletedAt !== null;
  const outgoing = () => isOutgoing(props.entry) ? props.entry : undefined;
  return (
    <li
      class="message"
      classList={{ "is-mine": isMine(), "is-first": isFirst(), "is-outgoing": !!outgoing() }}
      data-seq={isOutgoing(props.entry) ? undefined : props.entry.seq}
    >
      <Show when={startsDay(props.entry, props.before)}>
        <p class="day-separator">
          <time dateTime={props.entry.createdAt}>{dayName(props.entry.createdAt, today())}</time>
        </p>
      </Show>
      <Show when={props.isFirstNew}>
        <p class="new-separator">
          <span>New messages</span>
        </p>
      </Show>
      <div class="message-line">
        <Show when={isFirst() && !isMine()}>
          <PersonAvatar userId={senderOf(props.entry)} />
        </Show>
        <div class="message-column">
          <Show when={isFirst()}>
            <p class="message-head">
              <span class="message-sender" classList={{ "visually-hidden": isMine() }}>
                {isMine() ? "You" : people.nameOf(senderOf(props.entry))}
              </span>
              <time dateTime={props.entry.createdAt} title={exactTime(props.entry.createdAt)}>
                {clockTime(props.entry.createdAt)}
              </time>
            </p>
          </Show>
          <div
            class="bubble"
            classList={{ "is-deleted": isDeleted(), "is-emoji": isEmoji(props.entry.content) }}
            title={exactTime(props.entry.createdAt)}
          >
            <Show when={!isDeleted()} fallback="Message deleted">
              <MessageText text={props.entry.content} />
            </Show>
          </div>
          <Show when={outgoing()}>{(message) => <SendState message={message()} />}</Show>
        </div>
      </div>
    </li>
  );
}

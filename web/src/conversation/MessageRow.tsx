import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "../people/Avatar.tsx";
import { clockTime, dayName, exactTime } from "../time/format.ts";
import { Bubble } from "./Bubble.tsx";
import { useConversation } from "./ConversationContext.ts";
import { type Entry, isOutgoing, senderOf, startsDay, startsGroup } from "./entries.ts";
import { MessageActions } from "./MessageActions.tsx";
import { Quote } from "./Quote.tsx";
import { ReactionChips } from "./ReactionChips.tsx";
import { SendState } from "./SendState.tsx";

/** One message, with what has to be said above it (the day, that it is new, whose it is) and what one may do with it. */
export function MessageRow(props: { entry: Entry; before: Entry | undefined; isFirstNew: boolean }) {
  const { me, people, today } = useParley();
  const { target, setCurrent } = useConversation();
  const isMine = () => senderOf(props.entry) === me().id;
  const isFirst = () => props.isFirstNew || startsGroup(props.entry, props.before);
  const outgoing = () => isOutgoing(props.entry) ? props.entry : undefined;
  const message = () => isOutgoing(props.entry) ? undefined : props.entry;
  const living = () => message()?.deletedAt ? undefined : message();
  return (
    <li
      class="message"
      classList={{
        "is-mine": isMine(),
        "is-first": isFirst(),
        "is-outgoing": !!outgoing(),
        "is-target": target() !== null && target()?.seq === message()?.seq,
      }}
      data-seq={message()?.seq}
      tabindex="-1"
      onFocusIn={() => setCurrent(props.entry.id)}
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
          <Show when={(living() ?? outgoing())?.replyTo}>{(id) => <Quote messageId={id()} />}</Show>
          <Bubble entry={props.entry} />
          <Show when={living()}>{(message) => <ReactionChips message={message()} />}</Show>
          <Show when={outgoing()}>{(message) => <SendState message={message()} />}</Show>
        </div>
        <Show when={living()}>{(message) => <MessageActions message={message()} />}</Show>
      </div>
    </li>
  );
}

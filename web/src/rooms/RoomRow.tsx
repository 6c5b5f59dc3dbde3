import { A, useLocation } from "@solidjs/router";
import { createEffect, createMemo, Show } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { unreadIn } from "../sync/RoomState.ts";
import { exactTime, shortTime } from "../time/format.ts";
import { RoomAvatar } from "./RoomAvatar.tsx";

/** One room in the list: who, what was said last and when, and how much of it is new. */
export function RoomRow(props: { roomId: string }) {
  const { rooms, people, me, outbox, titleOf, today } = useParley();
  const location = useLocation();
  const room = createMemo(() => rooms.get(props.roomId));
  const isOpen = createMemo(() => location.pathname === `/rooms/${props.roomId}`);
  let row: HTMLLIElement | undefined;
  createEffect(() => isOpen() && row?.scrollIntoView({ block: "nearest" })); // reached by another way than the list

  function preview(message: Message | null, peerId: string | null): string {
    if (outbox.of(props.roomId).some(({ failure }) => failure)) return "Not sent";
    if (!message) return "No messages yet";
    const said = message.deletedAt ? "Message deleted" : message.content;
    if (message.senderId === me().id) return `You: ${said}`;
    return peerId ? said : `${people.nameOf(message.senderId)}: ${said}`;
  }

  return (
    <Show when={room()}>
      {(room) => (
        <li ref={row}>
          <A
            href={`/rooms/${props.roomId}`}
            class="room-row"
            classList={{ "is-unread": unreadIn(room()) > 0 }}
            aria-current={isOpen() ? "page" : undefined}
          >
            <RoomAvatar room={room()} />
            <span class="two-lines">
              <span class="room-title">{titleOf(room())}</span>
              <small class="room-preview">{preview(room().lastMessage, room().peerId)}</small>
            </span>
            <span class="room-side">
              <Show when={room().lastMessage}>
                {(last) => (
                  <time dateTime={last().createdAt} title={exactTime(last().createdAt)}>
                    {shortTime(last().createdAt, today())}
                  </time>
                )}
              </Show>
              <Show when={unreadIn(room())}>
                {(count) => (
                  <span class="badge">
                    <span aria-hidden="true">{count() > 99 ? "99+" : count()}</span>
                    <span class="visually-hidden">{count()} unread</span>
                  </span>
                )}
              </Show>
            </span>
          </A>
        </li>
      )}
    </Show>
  );
}

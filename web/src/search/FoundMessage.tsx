import { A } from "@solidjs/router";
import { For, Show } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { RoomAvatar } from "../rooms/RoomAvatar.tsx";
import { exactTime, shortTime } from "../time/format.ts";
import { excerptOf } from "./excerptOf.ts";

/** A message that was found, and the way to its place in its room. */
export function FoundMessage(props: { message: Message; query: string }) {
  const { rooms, people, me, titleOf, today } = useParley();
  const room = () => rooms.get(props.message.roomId);
  const sender = () => props.message.senderId === me().id ? "You" : people.nameOf(props.message.senderId);
  return (
    <Show when={room()}>
      {(room) => (
        <li>
          <A class="found-message" href={`/rooms/${props.message.roomId}?at=${props.message.seq}`}>
            <RoomAvatar room={room()} />
            <span class="found-words">
              <span class="found-head">
                <b>{titleOf(room())}</b>
                <time dateTime={props.message.createdAt} title={exactTime(props.message.createdAt)}>
                  {shortTime(props.message.createdAt, today())}
                </time>
              </span>
              <span class="found-text">
                {sender()}:{" "}
                <For each={excerptOf(props.message.content, props.query)}>
                  {({ text, isHit }) => (
                    <Show when={isHit} fallback={text}>
                      <mark>{text}</mark>
                    </Show>
                  )}
                </For>
              </span>
            </span>
          </A>
        </li>
      )}
    </Show>
  );
}

import { Show } from "solid-js";
import type { Room } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { Avatar, PersonAvatar } from "../people/Avatar.tsx";

/** A direct room looks like its other person, every other room like itself. */
export function RoomAvatar(props: { room: Pick<Room, "id" | "name" | "peerId"> }) {
  const { titleOf } = useParley();
  return (
    <Show when={props.room.peerId} fallback={<Avatar id={props.room.id} name={titleOf(props.room)} isRoom />}>
      {(peerId) => <PersonAvatar userId={peerId()} />}
    </Show>
  );
}

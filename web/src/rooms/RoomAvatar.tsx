import { Show } from "solid-js";
import type { Room } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { Avatar } from "../people/Avatar.tsx";
import { PresentAvatar } from "../presence/PresentAvatar.tsx";

/** A direct room looks like its other person, and says whether they are there; every other room like itself. */
export function RoomAvatar(props: { room: Pick<Room, "id" | "name" | "peerId"> }) {
  const { titleOf } = useParley();
  return (
    <Show when={props.room.peerId} fallback={<Avatar id={props.room.id} name={titleOf(props.room)} isRoom />}>
      {(peerId) => <PresentAvatar userId={peerId()} />}
    </Show>
  );
}

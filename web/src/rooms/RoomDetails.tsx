import { createMemo, createSignal, For, onMount, Show } from "solid-js";
import { mayManage, type Role } from "../../../functions/chat/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { PeoplePicker } from "../people/PeoplePicker.tsx";
import { PersonCard } from "../people/PersonCard.tsx";
import type { RoomState } from "../sync/RoomState.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ParticipantRow } from "./ParticipantRow.tsx";
import { RoomEndings } from "./RoomEndings.tsx";
import { RoomSettings } from "./RoomSettings.tsx";

const order: readonly Role[] = ["owner", "admin", "member"];

/** Who is in a room, and what I may do about it. */
export function RoomDetails(props: { room: RoomState; onClose: () => void }) {
  const { api, rooms, people, titleOf, toasts } = useParley();
  const [isAdding, setAdding] = createSignal(false);
  const members = createMemo(() =>
    (props.room.members ?? []).toSorted((a, b) =>
      order.indexOf(a.role) - order.indexOf(b.role) ||
      people.nameOf(a.userId).localeCompare(people.nameOf(b.userId))
    )
  );
  let heading!: HTMLHeadingElement;
  onMount(() => heading.focus());

  const showEverybody = () => toasts.attempt(() => rooms.loadMembers(props.room.id));
  async function add(userId: string) {
    const roomId = props.room.id;
    if (await toasts.attempt(() => api.saveParticipant(roomId, userId))) setAdding(false);
    void rooms.check(roomId);
  }

  return (
    <aside class="details" aria-label="Details">
      <header class="details-header">
        <h2 ref={heading} tabindex="-1">{props.room.peerId ? "About" : titleOf(props.room)}</h2>
        <button type="button" class="icon-button" aria-label="Close details" onClick={() => props.onClose()}>
          <Icon name="close" />
        </button>
      </header>
      <Show when={!props.room.peerId} fallback={<PersonCard userId={props.room.peerId!} />}>
        <RoomSettings room={props.room} />
        <div class="details-row">
          <h3>{members().length}{props.room.hasMoreMembers ? "+" : ""} people</h3>
          <Show when={mayManage[props.room.role].includes("member")}>
            <button type="button" class="button quiet" onClick={() => setAdding(true)}>
              <Icon name="addPerson" />Add people
            </button>
          </Show>
        </div>
        <ul class="participants" aria-label="Participants">
          <For each={members()}>{(member) => <ParticipantRow room={props.room} member={member} />}</For>
        </ul>
        <Show when={props.room.hasMoreMembers}>
          <button type="button" class="button quiet" onClick={showEverybody}>Show everybody</button>
        </Show>
        <RoomEndings room={props.room} />
      </Show>
      <Show when={isAdding()}>
        <Dialog title="Add people" onClose={() => setAdding(false)}>
          <PeoplePicker label="Search people" without={members().map(({ userId }) => userId)} onChoose={add} />
        </Dialog>
      </Show>
    </aside>
  );
}

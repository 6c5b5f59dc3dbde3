import { For, Show } from "solid-js";
import type { Participant } from "../../../functions/chat/model.ts";
import { mayManage, type Role } from "../../../functions/chat/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { PresentAvatar } from "../presence/PresentAvatar.tsx";
import type { RoomState } from "../sync/RoomState.ts";
import { ConfirmButton } from "../ui/ConfirmButton.tsx";
import { Icon } from "../ui/Icon.tsx";

/** Somebody in a room, with their role; and, where mine allows it, the means to change it or to remove them. */
export function ParticipantRow(props: { room: RoomState; member: Participant }) {
  const { api, rooms, me, people, toasts } = useParley();
  const isMe = () => props.member.userId === me().id;
  const name = () => people.nameOf(props.member.userId);
  const mine = () => mayManage[props.room.role];
  const canManage = () => !isMe() && mine().includes(props.member.role);

  async function change(act: (roomId: string, userId: string) => Promise<unknown>) {
    const roomId = props.room.id;
    await toasts.attempt(() => act(roomId, props.member.userId));
    void rooms.check(roomId);
  }

  return (
    <li class="participant">
      <PresentAvatar userId={props.member.userId} />
      <span class="participant-name">{name()}{isMe() ? " (you)" : ""}</span>
      <Show
        when={canManage() && mine().length > 1}
        fallback={
          <Show when={props.member.role !== "member"}>
            <small class="role">{props.member.role}</small>
          </Show>
        }
      >
        <select
          aria-label={`Role of ${name()}`}
          onChange={(event) =>
            change((room, user) => api.saveParticipant(room, user, event.currentTarget.value as Role))}
        >
          <For each={mine()}>
            {(role) => <option value={role} selected={role === props.member.role}>{role}</option>}
          </For>
        </select>
      </Show>
      <Show when={canManage()}>
        <ConfirmButton
          class="icon-button"
          label={`Remove ${name()}`}
          question="Remove?"
          onConfirm={() => change(api.removeParticipant)}
        >
          <Icon name="close" />
        </ConfirmButton>
      </Show>
    </li>
  );
}

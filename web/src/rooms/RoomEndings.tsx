import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import type { RoomState } from "../sync/RoomState.ts";
import { ConfirmButton } from "../ui/ConfirmButton.tsx";
import { may } from "./may.ts";

/** The ways out of a room: mine alone, or everybody's. */
export function RoomEndings(props: { room: RoomState }) {
  const { api, rooms, me, toasts } = useParley();
  const navigate = useNavigate();
  async function end(act: (roomId: string) => Promise<unknown>) {
    const roomId = props.room.id;
    if (!await toasts.attempt(() => act(roomId))) return;
    navigate("/");
    void rooms.check(roomId);
  }
  return (
    <div class="room-endings">
      <ConfirmButton
        class="button"
        label="Leave conversation"
        question="Press again to leave"
        onConfirm={() => end((roomId) => api.removeParticipant(roomId, me().id))}
      />
      <Show when={may("delete-room", props.room)}>
        <ConfirmButton
          class="button"
          label="Delete for everybody"
          question="Press again: all messages go"
          onConfirm={() => end(api.deleteRoom)}
        />
      </Show>
    </div>
  );
}

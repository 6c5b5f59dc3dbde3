import { createSignal, Show } from "solid-js";
import * as v from "valibot";
import { RoomChange } from "../../../functions/chat/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";
import type { RoomState } from "../sync/RoomState.ts";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { may } from "./may.ts";

/** What a room is about; and, for those who may, the means to say it differently. */
export function RoomSettings(props: { room: RoomState }) {
  const [isEditing, setEditing] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  function done() {
    setEditing(false);
    button?.focus();
  }
  return (
    <Show when={!isEditing()} fallback={<RoomSettingsForm room={props.room} onDone={done} />}>
      <Show when={props.room.description}>{(description) => <p class="room-about">{description()}</p>}</Show>
      <Show when={may("update-room", props.room)}>
        <button ref={button} type="button" class="button quiet" onClick={() => setEditing(true)}>
          <Icon name="edit" />Name and description
        </button>
      </Show>
    </Show>
  );
}

/** Escape leaves the room as it was. */
function RoomSettingsForm(props: { room: RoomState; onDone: () => void }) {
  const { api, rooms, toasts } = useParley();
  const [name, setName] = createSignal(props.room.name ?? "");
  const [description, setDescription] = createSignal(props.room.description ?? "");
  const change = () => ({ name: name(), description: description().trim() || null });
  const problem = (field: "name" | "description") =>
    v.safeParse(RoomChange.entries[field], change()[field]).issues?.[0].message;

  async function save(event: SubmitEvent) {
    event.preventDefault();
    if (problem("name") || problem("description")) return;
    const roomId = props.room.id;
    if (!await toasts.attempt(() => api.updateRoom(roomId, change()))) return;
    void rooms.check(roomId);
    props.onDone();
  }
  function press(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    props.onDone();
  }

  return (
    <form class="form" aria-label="Room" onSubmit={save} onKeyDown={press} noValidate>
      <Field label="Name" value={name()} onInput={setName} problem={problem("name")} isFocused />
      <Field
        label="Description"
        value={description()}
        onInput={setDescription}
        problem={problem("description")}
        isLong
      />
      <div class="form-end">
        <button type="button" class="button quiet" onClick={() => props.onDone()}>Cancel</button>
        <button type="submit" class="button primary" disabled={!!problem("name") || !!problem("description")}>
          Save
        </button>
      </div>
    </form>
  );
}

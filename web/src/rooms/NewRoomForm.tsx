import { useNavigate } from "@solidjs/router";
import { createSignal, For, Show } from "solid-js";
import { uuidv7 } from "uuidv7";
import * as v from "valibot";
import { NewRoom } from "../../../functions/chat/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { PeoplePicker } from "../people/PeoplePicker.tsx";
import { PersonAvatar } from "../people/Avatar.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";

/** Name a group or public room and choose who is in it from the start. */
export function NewRoomForm(props: { roomType: "group" | "public"; onDone: () => void }) {
  const { api, people, rooms, toasts } = useParley();
  const navigate = useNavigate();
  const id = uuidv7(); // made once, so that pressing twice makes one room
  const [name, setName] = createSignal("");
  const [chosen, setChosen] = createSignal<readonly string[]>([]);
  const [problem, setProblem] = createSignal<string>();
  const drop = (userId: string) => setChosen(chosen().filter((other) => other !== userId));

  async function create(event: SubmitEvent) {
    event.preventDefault();
    const room = { id, roomType: props.roomType, name: name(), participantIds: [...chosen()] };
    const checked = v.safeParse(NewRoom, room);
    setProblem(checked.success ? undefined : checked.issues[0].message);
    if (!checked.success) return;
    await toasts.attempt(async () => {
      rooms.adopt(await api.createRoom(room));
      navigate(`/rooms/${id}`);
      props.onDone();
    });
  }

  return (
    <form class="form" onSubmit={create} noValidate>
      <Field label="Name" value={name()} onInput={setName} problem={problem()} />
      <Show when={chosen().length > 0}>
        <ul class="chips" aria-label="Chosen people">
          <For each={chosen()}>
            {(userId) => (
              <li class="chip">
                <PersonAvatar userId={userId} />
                {people.nameOf(userId)}
                <button
                  type="button"
                  class="chip-remove"
                  aria-label={`Remove ${people.nameOf(userId)}`}
                  onClick={() => drop(userId)}
                >
                  <Icon name="close" />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <PeoplePicker label="Search people" without={chosen()} onChoose={(userId) => setChosen([...chosen(), userId])} />
      <div class="form-end">
        <button type="submit" class="button primary" disabled={props.roomType === "group" && chosen().length === 0}>
          Create {props.roomType === "group" ? "group" : "public room"}
        </button>
      </div>
    </form>
  );
}

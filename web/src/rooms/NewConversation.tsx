import { createSignal, For, Match, Switch } from "solid-js";
import { Dialog } from "../ui/Dialog.tsx";
import { PeoplePicker } from "../people/PeoplePicker.tsx";
import { createOpenDirect } from "./createOpenDirect.ts";
import { NewRoomForm } from "./NewRoomForm.tsx";
import { RoomFinder } from "./RoomFinder.tsx";

const kinds = [
  { id: "direct", label: "Direct", hint: "Between you and one other person." },
  { id: "group", label: "Group", hint: "For the people you choose." },
  { id: "public", label: "Public", hint: "Open to everybody here." },
  { id: "join", label: "Join", hint: "Public rooms that others have begun." },
] as const;

/** Begin a conversation: with one person, with several, or with whoever comes. */
export function NewConversation(props: { onClose: () => void }) {
  const openDirect = createOpenDirect();
  const [kind, setKind] = createSignal<(typeof kinds)[number]["id"]>("direct");
  async function startDirect(userId: string) {
    if (await openDirect(userId)) props.onClose();
  }

  return (
    <Dialog title="New conversation" onClose={props.onClose}>
      <fieldset class="segments">
        <legend class="visually-hidden">Kind of conversation</legend>
        <For each={kinds}>
          {({ id, label }) => (
            <label class="segment">
              <input type="radio" name="kind" value={id} checked={kind() === id} onChange={() => setKind(id)} />
              {label}
            </label>
          )}
        </For>
      </fieldset>
      <p class="hint">{kinds.find(({ id }) => id === kind())!.hint}</p>
      <Switch fallback={<NewRoomForm roomType={kind() === "public" ? "public" : "group"} onDone={props.onClose} />}>
        <Match when={kind() === "direct"}>
          <PeoplePicker label="Search people" onChoose={startDirect} />
        </Match>
        <Match when={kind() === "join"}>
          <RoomFinder onDone={props.onClose} />
        </Match>
      </Switch>
    </Dialog>
  );
}

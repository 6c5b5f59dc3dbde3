import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "../people/Avatar.tsx";
import { createPeopleSearch } from "../people/createPeopleSearch.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { type Choice, Picker } from "../ui/Picker.tsx";
import { createOpenDirect } from "./createOpenDirect.ts";
import { RoomAvatar } from "./RoomAvatar.tsx";

/** Rooms shown while nothing is typed. */
const recent = 8;

/** Ctrl+K: a few letters, Enter, and you are with the person or in the room. */
export function Switcher(props: { onClose: () => void }) {
  const { rooms, titleOf } = useParley();
  const navigate = useNavigate();
  const openDirect = createOpenDirect();
  const [query, setQuery] = createSignal("");
  const found = createPeopleSearch(query);

  const choices = createMemo((): Choice[] => {
    const wanted = query().trim().toLocaleLowerCase();
    const fitting = rooms.all().filter((room) => titleOf(room).toLocaleLowerCase().includes(wanted));
    const peers = new Set(rooms.all().map(({ peerId }) => peerId));
    const strangers = (found() ?? []).filter(({ id }) => !peers.has(id));
    return [
      ...(wanted ? fitting : fitting.slice(0, recent)).map((room) => ({
        id: room.id,
        label: titleOf(room),
        picture: () => <RoomAvatar room={room} />,
      })),
      ...strangers.map(({ id, displayName, username }) => ({
        id,
        label: displayName,
        detail: `@${username}`,
        picture: () => <PersonAvatar userId={id} />,
      })),
    ];
  });
  function choose(id: string) {
    props.onClose();
    if (rooms.get(id)) navigate(`/rooms/${id}`);
    else void openDirect(id);
  }

  return (
    <Dialog title="Go to" onClose={props.onClose}>
      <Picker
        label="Find people and rooms"
        placeholder="A name…"
        query={query()}
        onQuery={setQuery}
        choices={found() || choices().length > 0 ? choices() : undefined}
        onChoose={choose}
        empty="Nobody and nothing by that name."
      />
    </Dialog>
  );
}

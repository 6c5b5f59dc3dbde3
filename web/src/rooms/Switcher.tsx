import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "../people/Avatar.tsx";
import { createPeopleSearch } from "../people/createPeopleSearch.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { type Choice, Picker } from "../ui/Picker.tsx";
import { createOpenDirect } from "./createOpenDirect.ts";
import { RoomAvatar } from "./RoomAvatar.tsx";

/** The choice that is no person and no room. */
const inMessages = "messages";

/** Rooms shown while nothing is typed. */
const recent = 8;

/** Ctrl+K: a few letters, Enter, and you are with the person, in the room, or among the messages with these words. */
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
      {
        id: inMessages,
        label: wanted ? `Messages with “${query().trim()}”` : "Search messages",
        picture: () => <Icon name="search" />,
      },
    ];
  });
  const shown = () => found() || choices().length > 1 ? choices() : undefined;
  function choose(id: string) {
    props.onClose();
    if (id === inMessages) navigate(`/search?${new URLSearchParams({ q: query().trim() })}`);
    else if (rooms.get(id)) navigate(`/rooms/${id}`);
    else void openDirect(id);
  }

  return (
    <Dialog title="Go to" onClose={props.onClose}>
      <Picker
        label="Search people, rooms and messages"
        placeholder="A name, or what was said…"
        query={query()}
        onQuery={setQuery}
        choices={shown()}
        onChoose={choose}
      />
    </Dialog>
  );
}

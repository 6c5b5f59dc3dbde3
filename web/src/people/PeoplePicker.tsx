import { createMemo, createSignal } from "solid-js";
import { Picker } from "../ui/Picker.tsx";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "./Avatar.tsx";
import { createPeopleSearch } from "./createPeopleSearch.ts";

/** Search people by name and choose one; those in `without` are not offered. */
export function PeoplePicker(
  props: { label: string; without?: readonly string[]; onChoose: (userId: string) => void },
) {
  const { contacts } = useParley();
  const [query, setQuery] = createSignal("");
  const found = createPeopleSearch(query);
  const choices = createMemo(() =>
    found()?.filter(({ id }) => !props.without?.includes(id)).map(({ id, displayName, username }) => ({
      id,
      label: contacts.nicknameOf(id) ?? displayName,
      detail: `@${username}`,
      picture: () => <PersonAvatar userId={id} />,
    }))
  );
  function choose(userId: string) {
    setQuery("");
    props.onChoose(userId);
  }
  return (
    <Picker
      label={props.label}
      placeholder="Search by name…"
      query={query()}
      onQuery={setQuery}
      choices={choices()}
      onChoose={choose}
      empty={query().trim() ? "Nobody by that name." : "Type a name to search everybody here."}
    />
  );
}

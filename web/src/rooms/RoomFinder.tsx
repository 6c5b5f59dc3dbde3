import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, Show } from "solid-js";
import type { DiscoveredRoom } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { Avatar } from "../people/Avatar.tsx";
import { createPages } from "../ui/createPages.ts";
import { createRested } from "../ui/createRested.ts";
import { Picker } from "../ui/Picker.tsx";

const detailOf = ({ participantCount, description, isMember }: DiscoveredRoom) =>
  [isMember ? "You are in it" : `${participantCount} ${participantCount === 1 ? "person" : "people"}`, description]
    .filter(Boolean).join(" · ");

/** Public rooms by words in their name or description; choosing one joins it. */
export function RoomFinder(props: { onDone: () => void }) {
  const { api, clock, me, rooms, toasts } = useParley();
  const navigate = useNavigate();
  const [query, setQuery] = createSignal("");
  const rested = createRested(() => query().trim().slice(0, 80), clock);
  const found = createPages(async (cursor, q) => {
    const page = await api.discoverRooms(q, cursor);
    return { rows: page.rooms, cursor: page.cursor };
  }, rested);
  const choices = createMemo(() =>
    found.rows()?.map((room) => ({
      id: room.id,
      label: room.name,
      detail: detailOf(room),
      picture: () => <Avatar id={room.id} name={room.name} isRoom />,
    }))
  );
  async function join(roomId: string) {
    const isIn = rooms.get(roomId) || await toasts.attempt(() => api.saveParticipant(roomId, me().id));
    if (!isIn) return;
    navigate(`/rooms/${roomId}`);
    props.onDone();
  }

  return (
    <>
      <Picker
        label="Search public rooms"
        placeholder="What it is about…"
        query={query()}
        onQuery={setQuery}
        choices={choices()}
        onChoose={join}
        empty={query().trim() ? "No public room has these words." : "There is no public room yet."}
      />
      <Show when={found.hasMore()}>
        <button type="button" class="button quiet" disabled={found.isLoading()} onClick={found.more}>Show more</button>
      </Show>
    </>
  );
}

import { createSignal, onCleanup } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { type RoomState, unreadIn } from "../sync/RoomState.ts";

/**
 * Moves my read marker to what I have seen while the page is visible. `newSince` is the seq after which messages were
 * new when I came (to the room, or back to the page), null when none were: where the "New messages" line stands.
 */
export function createReading(room: () => RoomState) {
  const { rooms } = useParley();
  const [newSince, setNewSince] = createSignal(unreadIn(room()) ? room().lastReadSeq : null);
  let seen = 0;

  function look(seq = seen) {
    seen = seq;
    if (document.visibilityState === "visible") rooms.read(room().id, seq);
  }
  function comeOrGo() {
    const { lastReadSeq, lastSeq } = room();
    if (document.visibilityState === "hidden") setNewSince(lastReadSeq);
    else if (newSince() === lastSeq) setNewSince(null);
    look();
  }
  document.addEventListener("visibilitychange", comeOrGo);
  onCleanup(() => document.removeEventListener("visibilitychange", comeOrGo));

  return { newSince, look, forgetNew: () => setNewSince(null) };
}

import { createSignal, onCleanup } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { type RoomState, unreadIn } from "../sync/RoomState.ts";

/** The seq of the newest message that can be seen in full. */
function newestSeen(list: HTMLElement): number {
  const bottom = list.getBoundingClientRect().bottom + 4; // a pixel or two under the edge is still seen
  const rows = [...list.querySelectorAll<HTMLElement>("[data-seq]")];
  const row = rows.findLast((row) => row.getBoundingClientRect().bottom <= bottom);
  return Number(row?.dataset["seq"] ?? 0);
}

/**
 * Moves my read marker to what I have seen while the page is visible. `newSince` is the seq after which messages were new
 * when I came (to the room, or back to the page), null when none were: where the "New messages" line stands.
 */
export function createReading(room: () => RoomState, list: () => HTMLElement) {
  const { rooms } = useParley();
  const [newSince, setNewSince] = createSignal(unreadIn(room()) ? room().lastReadSeq : null);

  function look() {
    if (document.visibilityState === "visible") rooms.read(room().id, newestSeen(list()));
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

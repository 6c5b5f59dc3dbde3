import { createSignal } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import type { RoomState } from "../sync/RoomState.ts";

/** Lets a room's window grow at one end or the other, one page at a time. */
export function createGrowing(room: () => RoomState) {
  const { rooms, toasts } = useParley();
  const [growing, setGrowing] = createSignal<"older" | "newer">();

  async function grow(side: "older" | "newer") {
    if (growing() || !(side === "older" ? room().hasOlder : room().hasNewer)) return;
    setGrowing(side);
    await toasts.attempt(() => rooms.grow(room().id, side));
    setGrowing(undefined);
  }

  return { growing, grow };
}

import { type Accessor, createEffect, createSignal, on, onCleanup, onMount } from "solid-js";
import { type Entry, isOutgoing } from "./entries.ts";

/** This close to the end counts as there, in pixels. */
const endPx = 60;

/** More is asked for before the person reaches the edge of what is here, in pixels. */
const nearPx = 500;

interface ScrollParts {
  element: () => HTMLElement;
  entries: Accessor<readonly Entry[]>;
  /** Whether newer messages exist that are not here: then the end of the list is not the end. */
  isDetached(): boolean;
  /** The top, or the end of a list that is detached, is near: time for more. */
  onNear(side: "older" | "newer"): void;
  /** What can be seen changed; `seq` is of the newest message that is seen in full. */
  onMove(seq: number): void;
  /** Where to begin reading, if not at the end. */
  startAt(): Element | null;
}

/** The row of the newest message that can be seen in full. */
function newestSeen(list: HTMLElement): HTMLElement | undefined {
  const bottom = list.getBoundingClientRect().bottom + 4; // a pixel or two under the edge is still seen
  const rows = [...list.querySelectorAll<HTMLElement>("[data-seq]")];
  return rows.findLast((row) => row.getBoundingClientRect().bottom <= bottom);
}

/**
 * Keeps the reader's place in a list that grows at both ends or is exchanged around it: at the end it follows what is
 * new, anywhere else the line being read stays where it is.
 */
export function createScroll({ element, entries, isDetached, onNear, onMove, startAt }: ScrollParts) {
  const [isAtEnd, setAtEnd] = createSignal(true);
  let place: { seq: string; top: number } | undefined;
  const topOf = (row: Element) => row.getBoundingClientRect().top - element().getBoundingClientRect().top;

  function look() {
    const { scrollHeight, scrollTop, clientHeight } = element();
    const toEnd = scrollHeight - scrollTop - clientHeight;
    setAtEnd(!isDetached() && toEnd < endPx);
    const row = newestSeen(element());
    place = row && { seq: row.dataset["seq"]!, top: topOf(row) };
    if (clientHeight > 0 && scrollTop < nearPx) onNear("older");
    if (clientHeight > 0 && isDetached() && toEnd < nearPx) onNear("newer");
    onMove(Number(place?.seq ?? 0));
  }
  const rowOf = (seq: number | string) => element().querySelector(`[data-seq="${seq}"]`);
  function keepPlace() {
    const row = place && rowOf(place.seq);
    if (row) element().scrollTop += topOf(row) - place!.top;
  }
  function toEnd() {
    element().scrollTop = element().scrollHeight;
    look();
  }
  function to(row: Element) {
    row.scrollIntoView({ block: "center" });
    look();
  }

  createEffect(on(entries, (now, before) => {
    const start = before ? null : startAt();
    if (start) return to(start);
    const last = now.at(-1);
    const iWrote = last && last !== before?.at(-1) && isOutgoing(last);
    if ((isAtEnd() && !isDetached()) || iWrote) return toEnd();
    keepPlace();
    look();
  }));

  onMount(() => {
    const observer = new ResizeObserver(() => isAtEnd() ? toEnd() : look());
    for (const sized of [element(), ...element().children]) observer.observe(sized);
    onCleanup(() => observer.disconnect());
  });

  return {
    isAtEnd,
    look,
    toEnd,
    /** Bring the message at a place into the middle, if it is here. */
    toSeq(seq: number) {
      const row = rowOf(seq);
      if (row) to(row);
    },
  };
}

import { type Accessor, createEffect, createSignal, on, onCleanup, onMount } from "solid-js";
import { type Entry, isOutgoing } from "./entries.ts";

/** This close to the end counts as there, in pixels. */
const endPx = 60;

/** History is asked for before the person reaches its top, in pixels. */
const startPx = 500;

interface ScrollParts {
  element: () => HTMLElement;
  entries: Accessor<readonly Entry[]>;
  /** The top is near: time for older messages. */
  onNearStart(): void;
  /** What can be seen changed. */
  onMove(): void;
  /** Where to begin reading, if not at the end. */
  startAt(): Element | null;
}

/**
 * Keeps the reader's place in a list that grows at both ends: at the end it follows what is new, anywhere else the line
 * being read stays where it is.
 */
export function createScroll({ element, entries, onNearStart, onMove, startAt }: ScrollParts) {
  const [isAtEnd, setAtEnd] = createSignal(true);
  /** From the top of what is seen to the end of all there is: stays the same while history grows above. */
  let fromEnd = 0;

  function look() {
    const { scrollHeight, scrollTop, clientHeight } = element();
    fromEnd = scrollHeight - scrollTop;
    setAtEnd(fromEnd - clientHeight < endPx);
    if (clientHeight > 0 && scrollTop < startPx) onNearStart();
    onMove();
  }
  function toEnd() {
    element().scrollTop = element().scrollHeight;
    look();
  }

  createEffect(on(entries, (now, before) => {
    const start = before ? null : startAt();
    if (start) {
      start.scrollIntoView({ block: "center" });
      return look();
    }
    const last = now.at(-1);
    const iWrote = last && last !== before?.at(-1) && isOutgoing(last);
    if (isAtEnd() || iWrote) return toEnd();
    if (before && before[0] !== now[0]) element().scrollTop = element().scrollHeight - fromEnd;
    look();
  }));

  onMount(() => {
    const observer = new ResizeObserver(() => isAtEnd() ? toEnd() : look());
    for (const sized of [element(), ...element().children]) observer.observe(sized);
    onCleanup(() => observer.disconnect());
  });

  return { isAtEnd, look, toEnd };
}

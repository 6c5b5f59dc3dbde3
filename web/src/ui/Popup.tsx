import { type JSX, onCleanup, onMount } from "solid-js";

interface PopupProps {
  label: string;
  /** What it belongs to, and stands next to. */
  anchor: HTMLElement;
  /** Asked to close: by Escape (the focus then goes back to the anchor), by a press or the focus going elsewhere. */
  onClose: () => void;
  children: JSX.Element;
}

/** Between the popup and its anchor or the edge of the screen, in pixels. */
const gapPx = 6;

/** Put it under its anchor, above where there is no room, and never over the edge of the screen. */
function place(popup: HTMLElement, anchor: HTMLElement) {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popup;
  const under = bottom + gapPx + height < innerHeight - gapPx;
  const start = left + width < innerWidth - gapPx ? left : right - width;
  popup.style.top = `${Math.max(gapPx, under ? bottom + gapPx : top - gapPx - height)}px`;
  popup.style.left = `${Math.max(gapPx, Math.min(start, innerWidth - width - gapPx))}px`;
}

/** The button that an arrow key leads to from the one in focus. */
function neighbour(popup: HTMLElement, key: string): HTMLElement | undefined {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
  const buttons = [...popup.querySelectorAll<HTMLElement>("button")];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  return step ? buttons[(at + step + buttons.length) % buttons.length] : undefined;
}

/** A few buttons above the page, for as long as it is mounted. Arrow keys move between them. */
export function Popup(props: PopupProps) {
  let popup!: HTMLDivElement;
  const follow = () => place(popup, props.anchor);

  onMount(() => {
    popup.showPopover?.(); // where the browser has it, in the top layer; fixed elsewhere
    follow();
    popup.querySelector("button")?.focus({ preventScroll: true });
  });
  for (const event of ["scroll", "resize"]) {
    addEventListener(event, follow, true);
    onCleanup(() => removeEventListener(event, follow, true));
  }
  const leave = ({ target }: Event) => {
    if (!popup.contains(target as Node) && !props.anchor.contains(target as Node)) props.onClose();
  };
  for (const event of ["pointerdown", "focusin"]) {
    addEventListener(event, leave, true);
    onCleanup(() => removeEventListener(event, leave, true));
  }

  function press(event: KeyboardEvent) {
    const next = neighbour(popup, event.key);
    if (event.key === "Escape") {
      props.onClose();
      props.anchor.focus();
    } else if (next) next.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div ref={popup} popover="manual" class="popup" role="dialog" aria-label={props.label} onKeyDown={press}>
      {props.children}
    </div>
  );
}

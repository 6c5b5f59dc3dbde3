import { Icon } from "../ui/Icon.tsx";

/** At the end of what is here: more of it, for whoever does not scroll. */
export function GrowButton(props: { label: string; isGrowing: boolean; onGrow: () => void }) {
  return (
    <button
      type="button"
      class="button quiet grow-button"
      disabled={props.isGrowing}
      onClick={() => props.onGrow()}
    >
      {props.isGrowing ? "Loading…" : props.label}
    </button>
  );
}

/** Above old messages: the way back to the newest, and how many of them are new. */
export function JumpButton(props: { unread: number; onJump: () => void }) {
  return (
    <button
      type="button"
      class="jump-button"
      aria-label={props.unread ? `${props.unread} new messages: jump to the newest` : "Jump to the newest message"}
      onClick={() => props.onJump()}
    >
      <Icon name="down" />
      {props.unread ? `${props.unread} new` : "Newest"}
    </button>
  );
}

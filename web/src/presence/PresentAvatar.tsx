import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "../people/Avatar.tsx";
import "./presence.css";

/** A dot for who is there, in the colour of how; nothing for who is not. */
function PresenceDot(props: { userId: string }) {
  const { presence } = useParley();
  const status = () => presence.of(props.userId)?.status;
  return (
    <Show when={status() !== "offline" && status()}>
      {(status) => (
        <span class={`presence-dot is-${status()}`} title={status()}>
          <span class="visually-hidden">{status()}</span>
        </span>
      )}
    </Show>
  );
}

/** Somebody's avatar, and whether they are there. */
export function PresentAvatar(props: { userId: string }) {
  return (
    <span class="present">
      <PersonAvatar userId={props.userId} />
      <PresenceDot userId={props.userId} />
    </span>
  );
}

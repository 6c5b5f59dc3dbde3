import { createSignal, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";

/** One of twelve hues, always the same for the same id. */
function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return sum % 12 * 30;
}

/** The first letters of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+/u, "")).filter(Boolean);
  const first = [...words[0] ?? "?"][0]!, last = words.length > 1 ? [...words.at(-1)!][0]! : "";
  return (first + last).toUpperCase();
}

/** A round picture for a name: the person's own when it loads, else initials on the id's colour. Decoration only. */
export function Avatar(props: { id: string; name: string; url?: string | null | undefined; isRoom?: boolean }) {
  const [broken, setBroken] = createSignal<string>();
  return (
    <span
      class="avatar"
      classList={{ "avatar-room": props.isRoom }}
      aria-hidden="true"
      style={{ "--hue": hueOf(props.id) }}
    >
      <Show when={props.url && props.url !== broken() ? props.url : undefined} fallback={initialsOf(props.name)}>
        {(url) => <img src={url()} alt="" referrerpolicy="no-referrer" onError={() => setBroken(url())} />}
      </Show>
    </span>
  );
}

/** Somebody's avatar by their id. */
export function PersonAvatar(props: { userId: string }) {
  const { people } = useParley();
  return <Avatar id={props.userId} name={people.nameOf(props.userId)} url={people.user(props.userId)?.avatarUrl} />;
}

import { Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { PresentAvatar } from "../presence/PresentAvatar.tsx";
import { presenceWords } from "../presence/presenceWords.ts";

/** Somebody, as everybody here may see them. */
export function PersonCard(props: { userId: string }) {
  const { people, contacts, presence, toasts, today } = useParley();
  const user = () => people.user(props.userId);
  return (
    <div class="person-card">
      <PresentAvatar userId={props.userId} />
      <p class="person-name">{people.nameOf(props.userId)}</p>
      <Show when={user()}>
        {(user) => (
          <>
            <p class="hint">
              {[`@${user().username}`, presenceWords(presence.of(props.userId), today())].filter(Boolean).join(" · ")}
            </p>
            <Show when={user().status}>{(status) => <p>{status()}</p>}</Show>
            <Show when={user().bio}>{(bio) => <p class="person-bio">{bio()}</p>}</Show>
          </>
        )}
      </Show>
      <Show when={contacts.all() && !contacts.find(props.userId)}>
        <button type="button" class="button" onClick={() => toasts.attempt(() => contacts.save(props.userId, null))}>
          Add to contacts
        </button>
      </Show>
    </div>
  );
}

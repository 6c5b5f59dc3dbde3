import { createSignal, onMount, Show } from "solid-js";
import * as v from "valibot";
import type { Contact } from "../../../functions/user/model.ts";
import { ContactEntry } from "../../../functions/user/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";

/** What I call a contact; empty for their own name. Escape leaves it as it was. */
export function NicknameForm(props: { contact: Contact; onDone: () => void }) {
  const { contacts, toasts } = useParley();
  const [problem, setProblem] = createSignal<string>();
  let input!: HTMLInputElement;
  onMount(() => input.focus());

  async function save(event: SubmitEvent) {
    event.preventDefault();
    const checked = v.safeParse(ContactEntry, { nickname: input.value.trim() || null });
    setProblem(checked.success ? undefined : checked.issues[0].message);
    if (!checked.success) return;
    const { nickname } = checked.output;
    if (await toasts.attempt(() => contacts.save(props.contact.contactId, nickname))) props.onDone();
  }

  return (
    <form class="nickname-form" onSubmit={save} onKeyDown={(event) => event.key === "Escape" && props.onDone()}>
      <input
        ref={input}
        type="text"
        aria-label="Nickname"
        aria-invalid={problem() ? "true" : undefined}
        autocomplete="off"
        placeholder={props.contact.user.displayName}
        value={props.contact.nickname ?? ""}
      />
      <button type="submit" class="button primary">Save</button>
      <button type="button" class="button quiet" onClick={() => props.onDone()}>Cancel</button>
      <Show when={problem()}>
        {(problem) => <p class="field-note is-problem" role="alert">Nickname {problem()}</p>}
      </Show>
    </form>
  );
}

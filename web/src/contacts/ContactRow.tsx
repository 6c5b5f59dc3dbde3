import { createSignal, Show } from "solid-js";
import type { Contact } from "../../../functions/user/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { PersonAvatar } from "../people/Avatar.tsx";
import { createOpenDirect } from "../rooms/createOpenDirect.ts";
import { ConfirmButton } from "../ui/ConfirmButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { NicknameForm } from "./NicknameForm.tsx";

/** One contact: who they are, and write, rename, remove. */
export function ContactRow(props: { contact: Contact }) {
  const { contacts, people, toasts } = useParley();
  const openDirect = createOpenDirect();
  const [isEditing, setEditing] = createSignal(false);
  let row!: HTMLLIElement, editButton!: HTMLButtonElement;
  const name = () => people.nameOf(props.contact.contactId);
  const detail = () => {
    const { nickname, contactId } = props.contact;
    const user = people.user(contactId) ?? props.contact.user; // the one kept up to date, if it is here
    return [nickname && user.displayName, `@${user.username}`, user.status].filter(Boolean).join(" · ");
  };
  function endEditing() {
    setEditing(false);
    editButton.focus();
  }
  async function remove() {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    if (await toasts.attempt(() => contacts.remove(props.contact.contactId))) next?.querySelector("button")?.focus();
  }
  return (
    <li ref={row} class="contact">
      <PersonAvatar userId={props.contact.contactId} />
      <Show
        when={!isEditing()}
        fallback={<NicknameForm contact={props.contact} onDone={endEditing} />}
      >
        <span class="two-lines">
          <span>{name()}</span>
          <small>{detail()}</small>
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={`Message ${name()}`}
          title="Message"
          onClick={() => openDirect(props.contact.contactId)}
        >
          <Icon name="chat" />
        </button>
        <button
          ref={editButton}
          type="button"
          class="icon-button"
          aria-label={`Nickname for ${name()}`}
          title="Nickname"
          onClick={() => setEditing(true)}
        >
          <Icon name="edit" />
        </button>
        <ConfirmButton
          class="icon-button"
          label={`Remove ${name()}`}
          question="Remove?"
          onConfirm={remove}
        >
          <Icon name="trash" />
        </ConfirmButton>
      </Show>
    </li>
  );
}

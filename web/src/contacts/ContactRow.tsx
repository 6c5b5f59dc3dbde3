import { createSignal, Show } from "solid-js";
import type { Contact } from "../../../functions/user/schema.ts";
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
  const name = () => people.nameOf(props.contact.contactId);
  const detail = () => {
    const { nickname, contactId } = props.contact;
    const user = people.user(contactId) ?? props.contact.user; // the one kept up to date, if it is here
    return [nickname && user.displayName, `@${user.username}`, user.status].filter(Boolean).join(" · ");
  };
  return (
    <li class="contact">
      <PersonAvatar userId={props.contact.contactId} />
      <Show
        when={!isEditing()}
        fallback={<NicknameForm contact={props.contact} onDone={() => setEditing(false)} />}
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
          onConfirm={() => toasts.attempt(() => contacts.remove(props.contact.contactId))}
        >
          <Icon name="trash" />
        </ConfirmButton>
      </Show>
    </li>
  );
}

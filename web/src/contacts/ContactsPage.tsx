import { A } from "@solidjs/router";
import { createSignal, For, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { PeoplePicker } from "../people/PeoplePicker.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ContactRow } from "./ContactRow.tsx";
import "./contacts.css";

/** The people I keep at hand. */
export function ContactsPage() {
  const { contacts, me, toasts } = useParley();
  const [isAdding, setAdding] = createSignal(false);
  async function add(userId: string) {
    if (await toasts.attempt(() => contacts.save(userId, null))) setAdding(false);
  }
  return (
    <section class="sheet">
      <header class="sheet-header">
        <A href="/" replace class="icon-button only-narrow" aria-label="Back to all conversations">
          <Icon name="back" />
        </A>
        <h1>Contacts</h1>
        <button type="button" class="button primary" onClick={() => setAdding(true)}>
          <Icon name="addPerson" />
          <span class="button-label">Add contact</span>
        </button>
      </header>
      <Show when={contacts.all()} fallback={<p class="skeleton" role="status">Loading…</p>}>
        {(all) => (
          <ul class="contact-list" aria-label="Contacts">
            <For
              each={all()}
              fallback={
                <li class="no-contacts">
                  <Icon name="contacts" />
                  Nobody yet. People you add here are the first to be suggested.
                </li>
              }
            >
              {(contact) => <ContactRow contact={contact} />}
            </For>
          </ul>
        )}
      </Show>
      <Show when={isAdding()}>
        <Dialog title="Add contact" onClose={() => setAdding(false)}>
          <PeoplePicker
            label="Search people"
            without={[me().id, ...(contacts.all() ?? []).map(({ contactId }) => contactId)]}
            onChoose={add}
          />
        </Dialog>
      </Show>
    </section>
  );
}

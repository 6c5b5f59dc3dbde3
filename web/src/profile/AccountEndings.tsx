import { createSignal, Show } from "solid-js";
import { useParley } from "../parley/ParleyContext.ts";
import { ConfirmButton } from "../ui/ConfirmButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { save } from "./save.ts";

/** Take along what Parley holds on me, and leave it for good. */
export function AccountEndings() {
  const { api, toasts, signOut } = useParley();
  const [isLeaving, setLeaving] = createSignal(false);
  const [isExporting, setExporting] = createSignal(false);

  async function takeAlong() {
    setExporting(true);
    await toasts.attempt(async () => save(await api.exportMe(), "parley-export.jsonl"));
    setExporting(false);
  }
  async function leave() {
    if (await toasts.attempt(api.deactivateMe)) await toasts.attempt(signOut);
  }

  return (
    <section class="account-endings" aria-label="Your account">
      <h2>Your account</h2>
      <p class="hint">Everything that is held on you here, as JSON, one thing a line.</p>
      <button type="button" class="button" disabled={isExporting()} onClick={takeAlong}>
        <Icon name="download" />
        {isExporting() ? "Gathering…" : "Download my data"}
      </button>
      <p class="hint">Leaving for good blanks your profile and takes you out of every conversation.</p>
      <button type="button" class="button" onClick={() => setLeaving(true)}>Deactivate account</button>
      <Show when={isLeaving()}>
        <Dialog title="Deactivate account" onClose={() => setLeaving(false)}>
          <p>
            Your profile and contacts are deleted and you leave every conversation. What you have said stays with those
            you said it to, without your name. Nobody can undo this.
          </p>
          <div class="form-end">
            <button type="button" class="button quiet" onClick={() => setLeaving(false)}>Stay</button>
            <ConfirmButton class="button" label="Deactivate" question="Press again: for good" onConfirm={leave} />
          </div>
        </Dialog>
      </Show>
    </section>
  );
}

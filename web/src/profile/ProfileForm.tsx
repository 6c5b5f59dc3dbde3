import { createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import * as v from "valibot";
import { ProfileChange } from "../../../functions/user/schema.ts";
import { reasonOf } from "../api/RequestFailed.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { Field } from "../ui/Field.tsx";

type Name = keyof typeof ProfileChange.entries;

const fields: {
  name: Name;
  label: string;
  hint: string;
  type?: "url" | "tel";
  isLong?: true;
  autocomplete?: string;
}[] = [
  { name: "displayName", label: "Display name", hint: "What everybody here calls you.", autocomplete: "name" },
  { name: "status", label: "Status", hint: "A few words under your name." },
  { name: "bio", label: "About you", hint: "As much as you like to tell, in 500 characters.", isLong: true },
  { name: "avatarUrl", label: "Picture address", hint: "An https:// address of an image.", type: "url" },
  { name: "phoneNumber", label: "Phone number", hint: "Only you see it.", type: "tel", autocomplete: "tel" },
];

/** What I may change about myself, checked as the server will check it. */
export function ProfileForm() {
  const { api, me, setMe } = useParley();
  const valueOf = (name: Name) => me()[name] ?? "";
  const [changed, setChanged] = createStore<Partial<Record<Name, string>>>({});
  const [outcome, setOutcome] = createSignal<{ text: string; isProblem?: true }>();

  const value = (name: Name) => changed[name] ?? valueOf(name);
  const problemOf = (name: Name): string | undefined => {
    if (changed[name] === undefined) return;
    const checked = v.safeParse(ProfileChange.entries[name], changed[name]);
    return checked.success ? undefined : checked.issues[0].message;
  };
  const isChanged = () => fields.some(({ name }) => value(name) !== valueOf(name));
  const isValid = () => fields.every(({ name }) => !problemOf(name));

  async function save(event: SubmitEvent) {
    event.preventDefault();
    if (!isValid()) return;
    try {
      setMe(await api.updateMe({ ...changed }));
      for (const { name } of fields) setChanged(name, undefined);
      setOutcome({ text: "Saved." });
    } catch (error) {
      setOutcome({ text: reasonOf(error), isProblem: true });
    }
  }

  return (
    <form class="form" aria-label="Profile" onSubmit={save} onInput={() => setOutcome(undefined)} noValidate>
      <For each={fields}>
        {({ name, ...field }) => (
          <Field
            {...field}
            value={value(name)}
            onInput={(next) => setChanged(name, next)}
            problem={problemOf(name)}
          />
        )}
      </For>
      <div class="form-end">
        <p role="status" class="field-note">
          <Show when={outcome()}>
            {(said) => <span classList={{ "is-problem": said().isProblem }}>{said().text}</span>}
          </Show>
        </p>
        <button type="submit" class="button primary" disabled={!isChanged() || !isValid()}>Save</button>
      </div>
    </form>
  );
}

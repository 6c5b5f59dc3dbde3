import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import type { User } from "../../../functions/user/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";

/** How long typing has to rest before the server is asked, in milliseconds. */
const restMs = 200;

/** People whose name has `query` in it, me left out; my contacts while nothing is typed; undefined while searching. */
export function createPeopleSearch(query: Accessor<string>): Accessor<readonly User[] | undefined> {
  const { api, clock, contacts, me, people, toasts } = useParley();
  const [found, setFound] = createSignal<readonly User[]>();

  createEffect(on(() => query().trim(), (q) => {
    setFound(undefined);
    if (!q) return;
    let isStale = false;
    onCleanup(() => isStale = true);
    onCleanup(clock.after(restMs, () =>
      void toasts.attempt(async () => {
        const { users } = await api.searchUsers(q);
        people.learn(users);
        if (!isStale) setFound(users.filter(({ id }) => id !== me().id));
      })));
  }));

  return () => query().trim() ? found() : contacts.all()?.map(({ user }) => user);
}

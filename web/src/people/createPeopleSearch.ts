import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import type { User } from "../../../functions/user/model.ts";
import { isTransient } from "../api/RequestFailed.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { backoff } from "../time/backoff.ts";
import { makePause } from "../time/makePause.ts";

/** How long typing has to rest before the server is asked, in milliseconds. */
const restMs = 200;

/** Somebody waits and looks: tried again at least this often while the server cannot be reached, in milliseconds. */
const patienceMs = 4_000;

/**
 * People whose name has `query` in it, me left out; my contacts while nothing is typed; undefined while searching, which
 * lasts until the server answers.
 */
export function createPeopleSearch(query: Accessor<string>): Accessor<readonly User[] | undefined> {
  const { api, clock, contacts, me, people, toasts } = useParley();
  const [found, setFound] = createSignal<readonly User[]>();
  const pause = makePause(clock);
  onCleanup(pause.close);

  createEffect(on(() => query().trim(), (q) => {
    setFound(undefined);
    if (!q) return;
    let isStale = false;
    onCleanup(() => isStale = true);
    onCleanup(clock.after(restMs, () =>
      void toasts.attempt(async () => {
        for (let failures = 0; !isStale; failures++) {
          try {
            const { users } = await api.searchUsers(q);
            people.learn(users);
            if (!isStale) setFound(users.filter(({ id }) => id !== me().id));
            return;
          } catch (error) {
            if (!isTransient(error)) throw error;
            await pause.for(backoff(failures, { cap: patienceMs }));
          }
        }
      })));
  }));

  return () => query().trim() ? found() : contacts.all()?.map(({ user }) => user);
}

import { type Accessor, createSignal, onCleanup, type Signal } from "solid-js";
import type { User } from "../../../functions/user/model.ts";
import type { Api } from "../api/makeApi.ts";
import type { Clock } from "../time/Clock.ts";
import { makeBatches } from "../time/makeBatches.ts";
import { makePause } from "../time/makePause.ts";

interface PeopleParts {
  api: Pick<Api, "usersByIds">;
  clock: Clock;
  me: Accessor<User>;
  nicknameOf(userId: string): string | null;
}

/** People by id: asked for when first looked at, many in one request, and kept; null for who does not exist. */
export function createPeople({ api, clock, me, nicknameOf }: PeopleParts) {
  const pause = makePause(clock);
  onCleanup(pause.close);
  const known = new Map<string, Signal<User | null | undefined>>();
  function signalOf(userId: string): Signal<User | null | undefined> {
    let signal = known.get(userId);
    if (!signal) known.set(userId, signal = createSignal());
    return signal;
  }

  const { want } = makeBatches(pause, async (ids) => {
    const { users } = await api.usersByIds(ids);
    const found = new Map(users.map((user) => [user.id, user]));
    for (const id of ids) signalOf(id)[1](found.get(id) ?? null);
  });

  function user(userId: string): User | null | undefined {
    if (userId === me().id) return me();
    const isNew = !known.has(userId);
    const [read] = signalOf(userId);
    if (isNew) want(userId);
    return read();
  }

  return {
    user,
    /** What to call somebody: my name for them, or their own. */
    nameOf(userId: string): string {
      const person = user(userId);
      return nicknameOf(userId) ?? (person ? person.displayName : person === null ? "Someone who left" : "…");
    },
    /** Take in people that an answer brought. */
    learn(users: readonly User[]) {
      for (const person of users) signalOf(person.id)[1](person);
    },
    /** Somebody changed: ask again, if anybody is interested. */
    refresh(userId: string) {
      if (known.has(userId)) want(userId);
    },
  };
}

import { createSignal, onCleanup } from "solid-js";
import type { Contact } from "../../../functions/user/model.ts";
import type { Api } from "../api/makeApi.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import { makePause } from "../time/makePause.ts";

/** My contacts, by what I call them. */
export function createContacts({ api, clock }: { api: Api; clock: Clock }) {
  const pause = makePause(clock);
  onCleanup(pause.close);
  const [contacts, setContacts] = createSignal<readonly Contact[]>();

  async function fetchAll(): Promise<Contact[]> {
    const all: Contact[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Api["listContacts"]>> = await api.listContacts(cursor ?? undefined);
      all.push(...page.contacts);
      cursor = page.cursor;
    } while (cursor);
    return all;
  }

  async function load() {
    for (let failures = 0; !contacts(); failures++) {
      try {
        setContacts(await fetchAll());
      } catch {
        await pause.for(backoff(failures));
      }
    }
  }
  void load();

  const nameIn = ({ nickname, user }: Contact) => nickname ?? user.displayName;
  const find = (userId: string) => contacts()?.find(({ contactId }) => contactId === userId);
  const without = (userId: string) => (contacts() ?? []).filter(({ contactId }) => contactId !== userId);

  return {
    /** All of them in order of name; undefined until they are here. */
    all: () => contacts()?.toSorted((a, b) => nameIn(a).localeCompare(nameIn(b))),
    find,
    nicknameOf: (userId: string) => find(userId)?.nickname ?? null,
    async save(userId: string, nickname: string | null) {
      const saved = await api.saveContact(userId, nickname);
      setContacts([...without(userId), saved]);
    },
    async remove(userId: string) {
      await api.removeContact(userId);
      setContacts(without(userId));
    },
  };
}

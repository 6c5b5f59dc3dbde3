import { createSignal, onCleanup } from "solid-js";
import type { OwnProfile } from "../../../functions/user/model.ts";
import { type Api, makeApi } from "../api/makeApi.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { clearDrafts } from "../conversation/drafts.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import { makePause } from "../time/makePause.ts";
import type { Lock } from "./Lock.ts";
import { makeSession } from "./makeSession.ts";
import { forgetUser, isUser, onUserChange, rememberUser } from "./whoami.ts";

/** What the client takes from its surroundings. */
export interface Platform {
  fetch: typeof fetch;
  clock: Clock;
  lock: Lock;
}

const refreshedAt = {
  get: () => Number(localStorage.getItem("parley:refreshed-at")),
  set: (at: number) => localStorage.setItem("parley:refreshed-at", String(at)),
};

/** Who is signed in: undefined while nobody knows, null when nobody is. */
export function createSession({ fetch, clock, lock }: Platform) {
  const [me, setMe] = createSignal<OwnProfile | null>();
  const pause = makePause(clock);
  onCleanup(pause.close);
  const session = makeSession({ fetch, clock, lock, refreshedAt, onEnded: () => setMe(null) });
  const api: Api = makeApi({ fetch: session.fetch });

  /** Ask who I am until the server says; only its 401 means nobody, and its 403 an account that is no more. */
  async function start() {
    for (let failures = 0; me() === undefined; failures++) {
      try {
        const profile = await api.getMe();
        rememberUser(profile.id);
        setMe(profile);
      } catch (error) {
        if (error instanceof RequestFailed && (error.status === 401 || error.status === 403)) setMe(null);
        else await pause.for(backoff(failures));
      }
    }
  }
  void start();

  onCleanup(onUserChange(() => {
    const mine = me();
    if (mine && isUser(mine.id)) return;
    setMe(undefined);
    void start();
  }));

  return {
    me,
    api,
    isCurrent: (userId: string) => isUser(userId),
    /** Sign out here, in the other tabs and at the identity provider. Throws `RequestFailed`. */
    async signOut() {
      await api.logout();
      clearDrafts();
      forgetUser();
      setMe(null);
    },
  };
}

/** Where signing in begins; the server brings the person back to the page they are on. */
export function loginUrl(kind: "sign-in" | "create" = "sign-in"): string {
  const query = new URLSearchParams({ return_to: location.pathname + location.search });
  if (kind === "create") query.set("prompt", "create");
  return `/auth/login?${query}`;
}

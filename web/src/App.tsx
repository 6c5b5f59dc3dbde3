import { createResource, Match, Show, Switch } from "solid-js";
import type { OwnProfile } from "../../functions/user/model.ts";
import { makeMemoryStore, openOutboxStore } from "./outbox/OutboxStore.ts";
import { createParley } from "./parley/createParley.ts";
import { ParleyContext } from "./parley/ParleyContext.ts";
import { createSession, type Platform } from "./session/createSession.ts";
import { Pages } from "./shell/Pages.tsx";
import { Starting } from "./shell/Starting.tsx";
import { Welcome } from "./shell/Welcome.tsx";
import { createWaking } from "./waking/createWaking.ts";

/** Parley in a browser: the welcome page, or everything behind the sign-in. */
export function App(props: { platform: Platform }) {
  const session = createSession(props.platform);
  createWaking({ ...props.platform, isSignedOut: () => session.me() === null });
  const [store] = createResource(() => openOutboxStore().catch(makeMemoryStore));

  function SignedIn(own: { me: OwnProfile }) {
    const parley = createParley({
      me: own.me,
      api: session.api,
      clock: props.platform.clock,
      lock: props.platform.lock,
      store: store()!,
      isCurrent: () => session.isCurrent(own.me.id),
      signOut: session.signOut,
    });
    return (
      <ParleyContext.Provider value={parley}>
        <Pages />
      </ParleyContext.Provider>
    );
  }

  return (
    <Switch fallback={<Starting clock={props.platform.clock} />}>
      <Match when={session.me() === null}>
        <Welcome />
      </Match>
      <Match when={session.me() && store.state === "ready"}>
        <Show when={session.me()} keyed>{(me) => <SignedIn me={me} />}</Show>
      </Match>
    </Switch>
  );
}

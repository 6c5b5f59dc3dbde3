import { createSignal, onCleanup, type Signal } from "solid-js";
import type { Presence } from "../../../functions/user/model.ts";
import type { Api } from "../api/makeApi.ts";
import type { StreamEvent } from "../sync/makeStream.ts";
import type { Clock } from "../time/Clock.ts";
import { makeBatches } from "../time/makeBatches.ts";
import { makePause } from "../time/makePause.ts";

/** Nobody is told when somebody falls silent: who is there is asked again after so long, in milliseconds. */
const doubtMs = 60_000;

type Known = Pick<Presence, "status" | "lastSeen">;

/** Who is there: asked for when first looked at, then as the stream tells it. */
export function createPresence({ api, clock }: { api: Pick<Api, "presenceOf">; clock: Clock }) {
  const pause = makePause(clock);
  onCleanup(pause.close);
  const known = new Map<string, Signal<Known | undefined>>();

  const { want } = makeBatches(pause, async (ids) => {
    const { presence } = await api.presenceOf(ids);
    for (const { userId, status, lastSeen } of presence) known.get(userId)?.[1]({ status, lastSeen });
  });
  const isThere = ([read]: Signal<Known | undefined>) => (read()?.status ?? "offline") !== "offline";

  let cancel = () => {};
  function doubt() {
    cancel = clock.after(doubtMs, doubt);
    if (document.visibilityState === "hidden") return;
    for (const [userId, signal] of known) if (isThere(signal)) want(userId);
  }
  cancel = clock.after(doubtMs, doubt);
  onCleanup(() => cancel());

  return {
    /** undefined until it is known. */
    of(userId: string): Known | undefined {
      let signal = known.get(userId);
      if (!signal) {
        known.set(userId, signal = createSignal<Known>());
        want(userId);
      }
      return signal[0]();
    },
    hear(event: StreamEvent) {
      if (event.type === "hello") { for (const userId of known.keys()) want(userId); // we may have missed something
       }
      if (event.type === "user.updated" && known.has(event.userId)) want(event.userId); // they may be gone for good
      if (event.type !== "presence.changed") return;
      known.get(event.userId)?.[1]({ status: event.status, lastSeen: new Date(clock.now()).toISOString() });
    },
  };
}

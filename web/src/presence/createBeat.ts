import { onCleanup } from "solid-js";
import type { PresenceStatus } from "../../../functions/user/schema.ts";
import type { Api } from "../api/makeApi.ts";
import type { Clock } from "../time/Clock.ts";

/** A status lives 90 s on the server: two beats may be lost. */
const beatMs = 30_000;

/** Who has not touched anything for so long is away, in milliseconds. */
const idleMs = 5 * 60_000;

/**
 * Tells the server that I am here for as long as its owner lives: online every 30 s while I see the page and use it.
 * Away, when I do not, is said once: a tab in the background must not contradict the one I am in, and silence turns
 * into offline by itself.
 */
export function createBeat({ api, clock }: { api: Pick<Api, "setPresence">; clock: Clock }) {
  let told: PresenceStatus = "offline", usedAt = clock.now(), cancel = () => {};
  const isHere = () => document.visibilityState === "visible" && clock.now() - usedAt < idleMs;

  function tell(status: PresenceStatus, isLeaving = false) {
    told = status;
    void api.setPresence(status, isLeaving).catch(() => {}); // the next beat says it again
  }
  function beat() {
    cancel();
    cancel = clock.after(beatMs, beat);
    if (isHere()) tell("online");
    else if (told === "online") tell("away");
  }
  function use() {
    usedAt = clock.now();
    if (told !== "online") beat();
  }
  const leave = () => tell("offline", true);

  const listeners = {
    visibilitychange: beat,
    pointerdown: use,
    keydown: use,
    wheel: use,
    pagehide: leave,
    pageshow: beat,
  };
  for (const [event, listen] of Object.entries(listeners)) {
    addEventListener(event, listen, { passive: true, capture: true });
    onCleanup(() => removeEventListener(event, listen, { capture: true }));
  }
  onCleanup(() => cancel());
  beat();

  return { leave };
}

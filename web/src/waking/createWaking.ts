import { type Accessor, createEffect, onCleanup } from "solid-js";
import type { Clock } from "../time/Clock.ts";
import { woken } from "./woken.ts";

interface WakingParts {
  fetch: typeof fetch;
  clock: Clock;
  /** Nobody is signed in, so that the page offers to sign in. */
  isSignedOut: Accessor<boolean>;
}

/** Away this long, in milliseconds, and what the page asked for last sleeps: Knative waits a minute and a half. */
const longMs = 5 * 60_000;

/**
 * Wakes, all at once, what the page is about to ask for one after the other, so that a visit to a sleeping Parley costs
 * one cold start. Once for each page that is loaded, and when somebody comes back after long; nobody waits for the
 * answers, and nothing of the person is sent.
 */
export function createWaking({ fetch, clock, isSignedOut }: WakingParts): void {
  const wake = (moment: keyof typeof woken) => {
    for (const path of woken[moment]) {
      void fetch(path, { priority: "low", credentials: "omit", cache: "no-store" })
        .then((response) => response.text()) // to its end, so that the connection can be used again
        .catch(() => {}); // whoever needs it asks for it, and is told
    }
  };
  wake("visit");

  let isOffered = false;
  createEffect(() => {
    if (isOffered || !isSignedOut()) return;
    isOffered = true;
    wake("sign-in");
  });

  let leftAt = Infinity;
  const comeOrGo = () => {
    const isHere = document.visibilityState === "visible";
    if (isHere && clock.now() - leftAt >= longMs) wake("visit");
    leftAt = isHere ? Infinity : clock.now();
  };
  document.addEventListener("visibilitychange", comeOrGo);
  onCleanup(() => document.removeEventListener("visibilitychange", comeOrGo));
}

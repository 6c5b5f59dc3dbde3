import { createSignal } from "solid-js";
import { reasonOf } from "../api/RequestFailed.ts";
import type { Clock } from "../time/Clock.ts";

export interface Toast {
  id: number;
  text: string;
}

/** How long a toast stays, in milliseconds: long enough to read two lines twice. */
const shownMs = 7_000;

/** Short notes about what did not work, gone by themselves. */
export function createToasts(clock: Clock) {
  const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
  let lastId = 0;
  const dismiss = (id: number) => setToasts((all) => all.filter((toast) => toast.id !== id));

  function say(text: string) {
    const id = ++lastId;
    setToasts((all) => [...all.filter((toast) => toast.text !== text).slice(-2), { id, text }]);
    clock.after(shownMs, () => dismiss(id));
  }

  return {
    all: toasts,
    dismiss,
    /** Something that a person asked for did not work. */
    fail: (error: unknown) => say(reasonOf(error)),
    /** Do something a person asked for; tell them when it does not work. Whether it did. */
    async attempt(act: () => Promise<unknown>): Promise<boolean> {
      try {
        await act();
        return true;
      } catch (error) {
        say(reasonOf(error));
        return false;
      }
    },
  };
}

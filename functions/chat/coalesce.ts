import type { Audience } from "../lib/events.ts";

/** One event on its way to everybody concerned but its author. */
export interface Gathered<Event> {
  to: Audience;
  event: Event;
  except: string;
}

/** Gather events under a key and let only the latest of each out, once a second; holds no timer while there are none. */
export function coalesce<Event>(out: (gathered: Gathered<Event>) => void, everyMs = 1_000) {
  const latest = new Map<string, Gathered<Event>>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    timer = undefined;
    const due = [...latest.values()];
    latest.clear();
    for (const gathered of due) out(gathered);
  }

  return {
    add(key: string, gathered: Gathered<Event>) {
      latest.set(key, gathered);
      timer ??= setTimeout(flush, everyMs);
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      latest.clear();
    },
  };
}

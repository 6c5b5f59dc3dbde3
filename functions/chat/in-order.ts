/** How long an event waits for the one before it, in milliseconds: publishes overtake each other by less. */
const patienceMs = 50;

interface Room {
  next: number;
  early: Map<number, () => void>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Let a room's events out in the order of their revs. Answers of one process resume in another order than they were
 * committed in, and so are published; without this every such event would look like a gap to everyone who listens. What
 * does not come in time is passed over: listeners see the gap and ask. Holds no timer while nothing waits.
 */
export function inOrder() {
  const rooms = new Map<string, Room>();

  function release(room: Room) {
    for (let out = room.early.get(room.next); out; out = room.early.get(room.next)) {
      room.early.delete(room.next++);
      out();
    }
    if (room.early.size > 0) return;
    clearTimeout(room.timer);
    room.timer = undefined;
  }

  function giveUp(room: Room) {
    room.timer = undefined;
    room.next = Math.min(...room.early.keys());
    release(room);
    if (room.early.size > 0) room.timer = setTimeout(() => giveUp(room), patienceMs);
  }

  return {
    /** A room stands at this rev: the next one is its first. Says nothing of a room that is known. */
    begin(roomId: string, rev: number) {
      if (!rooms.has(roomId)) rooms.set(roomId, { next: rev + 1, early: new Map(), timer: undefined });
    },

    /** Run `out` when this rev's turn has come. */
    put(roomId: string, rev: number, out: () => void) {
      const room = rooms.get(roomId) ?? { next: rev, early: new Map(), timer: undefined };
      rooms.set(roomId, room);
      if (rev < room.next) return out(); // too late to be in order: whom it concerns knows by its rev
      room.early.set(rev, out);
      release(room);
      if (room.early.size > 0) room.timer ??= setTimeout(() => giveUp(room), patienceMs);
    },

    /** Forget everything, and let nothing more out. */
    clear() {
      for (const { timer } of rooms.values()) clearTimeout(timer);
      rooms.clear();
    },
  };
}

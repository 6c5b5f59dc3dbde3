import type { Random } from "../random.ts";

/** One open body that passes through our hands. */
export interface Passage {
  /** End it, as a lost connection does. */
  cut(): void;
  /** Let nothing through until `release`; the connection stays open, and what comes meanwhile waits. */
  hold(): void;
  release(): void;
  /** Never let anything through again; the connection stays open. */
  deafen(): void;
}

/** Bodies that pass through our hands, as long as they are open. */
export function makePassages() {
  const open = new Set<Passage>();

  /** The same body, and from now on one of ours. */
  function pass(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    let held: Promise<void> | undefined, letGo = () => {};
    let isDeaf = false, isOver = false;
    let controller: ReadableStreamDefaultController<Uint8Array>;

    const over = () => {
      isOver = true;
      open.delete(passage);
      letGo();
      void reader.cancel().catch(() => {});
    };
    const passage: Passage = {
      cut() {
        if (isOver) return;
        over();
        controller.error(new TypeError("The connection was cut"));
      },
      hold() {
        held ??= new Promise((done) => letGo = done);
      },
      release() {
        letGo();
        held = undefined;
      },
      deafen: () => void (isDeaf = true),
    };

    async function pump() {
      try {
        for (let part = await reader.read(); !part.done && !isOver; part = await reader.read()) {
          await held;
          if (isOver) return;
          if (!isDeaf) controller.enqueue(part.value);
        }
        if (!isOver && !isDeaf) controller.close();
        if (!isDeaf) over();
      } catch (error) {
        if (isOver || isDeaf) return;
        over();
        controller.error(error);
      }
    }

    open.add(passage);
    return new ReadableStream({
      start(mine) {
        controller = mine;
        void pump();
      },
      cancel: over,
    });
  }

  return {
    pass,
    /** About this share of those that are open, one at least if there is one. */
    some(random: Random, share: number): Passage[] {
      const all = [...open];
      const chosen = all.filter(() => random.chance(share));
      return chosen.length > 0 ? chosen : all.slice(0, 1);
    },
  };
}

export type Passages = ReturnType<typeof makePassages>;

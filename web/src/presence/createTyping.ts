import { createSignal, onCleanup } from "solid-js";
import type { Api } from "../api/makeApi.ts";
import type { StreamEvent } from "../sync/makeStream.ts";
import type { Clock } from "../time/Clock.ts";

/** While I write I say so this often at most, in milliseconds. */
const sayMs = 3_000;

/** Who has not said so again for this long writes no more, in milliseconds: twice as long, for one word may be lost. */
const shownMs = 6_000;

interface Writer {
  roomId: string;
  userId: string;
  /** Forget to forget them. */
  cancel(): void;
}

/** Who is writing, room by room; and that I am. */
export function createTyping({ api, clock, myId }: { api: Pick<Api, "setTyping">; clock: Clock; myId: string }) {
  const [writers, setWriters] = createSignal<readonly Writer[]>([]);
  const saidAt = new Map<string, number>();
  onCleanup(() => writers().forEach(({ cancel }) => cancel()));

  function forget(roomId: string, userId: string): readonly Writer[] {
    const isThis = (writer: Writer) => writer.roomId === roomId && writer.userId === userId;
    writers().find(isThis)?.cancel();
    return writers().some(isThis) ? setWriters(writers().filter((writer) => !isThis(writer))) : writers();
  }

  return {
    /** The first to begin comes first. */
    in: (roomId: string) => writers().filter((writer) => writer.roomId === roomId).map(({ userId }) => userId),
    /** I write in a room. */
    say(roomId: string) {
      if (clock.now() - (saidAt.get(roomId) ?? -sayMs) < sayMs) return;
      saidAt.set(roomId, clock.now());
      void api.setTyping(roomId).catch(() => {}); // nobody misses it
    },
    hear(event: StreamEvent) {
      if (event.type === "message.created") {
        const { senderId } = event.message;
        if (senderId === myId) saidAt.delete(event.roomId);
        forget(event.roomId, senderId);
      }
      if (event.type !== "typing" || event.userId === myId) return;
      const { roomId, userId } = event;
      const known = writers().find((writer) => writer.roomId === roomId && writer.userId === userId);
      known?.cancel();
      const cancel = clock.after(shownMs, () => forget(roomId, userId));
      const writer = { roomId, userId, cancel };
      setWriters(known ? writers().map((other) => other === known ? writer : other) : [...writers(), writer]);
    },
  };
}

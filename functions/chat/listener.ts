import type { Audience } from "../lib/events.ts";
import type { Head } from "./heads.ts";
import type { ChatEvent, Heartbeat, Hello } from "./model.ts";

/** What a listener may leave unread, in bytes, before its stream is ended: it will come back and catch up. */
const maxBacklogBytes = 1024 * 1024;

/** Milliseconds a client waits before it comes back; spread, so that a restart does not call everybody at once. */
const retryMs = () => 200 + Math.floor(Math.random() * 800);

/** One open stream: what it was told, and how to tell it more. Calls `onEnd` once, whoever ends it. */
export function makeListener(userId: string, endsAt: number, onEnd: () => void) {
  const encoder = new TextEncoder();
  const told = new Map<string, number>(); // room → the highest rev this stream has spoken of
  const touched = new Set<string>(); // rooms it was told of since heads were last asked for
  const marked = new Map<string, number>(); // room → how far this stream has said that its person has read
  let held: [Audience, ChatEvent, json: string][] | null = []; // what comes in before hello has been said
  let count = 0;
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let ended = false;

  const body = new ReadableStream<Uint8Array>({
    start: (c) => {
      controller = c;
      write(`retry: ${retryMs()}\n: welcome\n\n`); // headers and a first byte leave at once
    },
    cancel: () => finish(),
  }, new ByteLengthQueuingStrategy({ highWaterMark: maxBacklogBytes }));

  function finish() {
    if (ended) return;
    ended = true;
    onEnd();
  }

  function end() {
    if (ended) return;
    controller.enqueue(encoder.encode(`retry: ${retryMs()}\n: goodbye\n\n`));
    controller.close();
    finish();
  }

  function write(text: string) {
    if (ended) return;
    controller.enqueue(encoder.encode(text));
    if ((controller.desiredSize ?? 0) <= 0) end();
  }

  const say = (event: string, data: Hello | Heartbeat) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  const concerns = ({ everybody, users, rooms }: Audience) =>
    everybody || users?.includes(userId) || rooms?.some((room) => told.has(room));

  /**
   * Say an event to whom it concerns. Membership follows events at once; what events miss, the next heartbeat's heads
   * put right. Before hello a listener keeps everything, because it does not know its rooms yet.
   */
  function tell(to: Audience, event: ChatEvent, json: string) {
    if (held) {
      held.push([to, event, json]);
      return;
    }
    if (!concerns(to)) return;
    if ("rev" in event && event.rev <= (told.get(event.roomId) ?? 0)) return; // late: hello or its successor covered it
    write(`id: ${++count}\ndata: ${json}\n\n`);
    if (event.type === "read.advanced" && event.userId === userId) marked.set(event.roomId, event.lastReadSeq);
    if (!("rev" in event)) return;
    const { type, roomId, rev } = event;
    touched.add(roomId);
    const isGone = type === "room.deleted" ||
      (type === "participant.changed" && event.participant.userId === userId && event.participant.role === null);
    if (isGone) told.delete(roomId);
    else told.set(roomId, rev);
  }

  return {
    userId,
    endsAt,
    body,
    end,
    tell,

    /** Keep events back until `greet`: call before reading the heads that hello will carry. */
    hold() {
      held ??= [];
    },

    /** Say where all rooms stand. What was kept back follows; the client drops what hello has covered. */
    greet(heads: Head[]) {
      told.clear();
      marked.clear();
      for (const { id, rev, lastReadSeq } of heads) {
        told.set(id, rev);
        marked.set(id, lastReadSeq);
        touched.add(id); // a beat whose heads were read before these knows less
      }
      say("hello", { type: "hello", rooms: heads });
      const waiting = held ?? [];
      held = null;
      for (const [to, event, json] of waiting) tell(to, event, json);
    },

    /** Call before reading the heads for `beat`: rooms that are told of meanwhile are newer than these heads. */
    expectBeat: () => touched.clear(),

    /** Say which rooms, and which markers of this person, have moved past what this stream was told. */
    beat(heads: Head[]) {
      if (held) return;
      const moved: Heartbeat["heads"] = {};
      const reads: Heartbeat["reads"] = {};
      const gone = new Set(told.keys());
      for (const { id, rev, lastReadSeq } of heads) {
        gone.delete(id);
        if (lastReadSeq > (marked.get(id) ?? 0)) {
          reads[id] = lastReadSeq;
          marked.set(id, lastReadSeq);
        }
        if (rev > (told.get(id) ?? 0)) {
          moved[id] = rev;
          told.set(id, rev);
        }
      }
      for (const id of gone) {
        if (touched.has(id)) continue;
        moved[id] = null;
        told.delete(id);
      }
      say("heartbeat", { type: "heartbeat", heads: moved, reads });
    },
  };
}

export type Listener = ReturnType<typeof makeListener>;

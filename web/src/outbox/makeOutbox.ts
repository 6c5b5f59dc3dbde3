import { uuidv7 } from "uuidv7";
import type { Message } from "../../../functions/chat/model.ts";
import { reasonOf, RequestFailed } from "../api/RequestFailed.ts";
import type { Lock } from "../session/Lock.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/Clock.ts";
import { makePause } from "../time/makePause.ts";
import type { OutboxStore, Outgoing } from "./OutboxStore.ts";

export interface OutboxParts {
  store: OutboxStore;
  userId: string;
  clock: Clock;
  /** One tab at a time sends. */
  lock: Lock;
  send(message: Outgoing): Promise<Message>;
  /** The server has it. */
  onSent(message: Message): void;
  /** All messages that the server does not have, in the order of writing. */
  onChange(messages: readonly Outgoing[]): void;
  /** Whether this browser still acts for `userId`; somebody else may have signed in by another tab. */
  isCurrent?(): boolean;
}

/**
 * Messages from the moment they are written until the server has them. Each is stored before it is sent, sent in its
 * room's order, and tried until acknowledged; its id makes a repetition harmless. What the server refuses for good is
 * set aside with the reason, for the person to retry or discard.
 */
export function makeOutbox(parts: OutboxParts) {
  const { store, userId, clock } = parts;
  const pause = makePause(clock);
  const wanted = new Set<string>(), busy = new Set<string>();
  let messages: readonly Outgoing[] = [];
  let isStopped = false;

  const mayGoOn = () => !isStopped && (parts.isCurrent?.() ?? true);
  const show = (next: readonly Outgoing[]) => parts.onChange(messages = next);
  const forget = (id: string) => show(messages.filter((known) => known.id !== id));
  /** What is stored, by the objects that are shown already where they say the same: their lines need not be drawn anew. */
  const asShown = (stored: readonly Outgoing[]) =>
    stored.map((message) =>
      messages.find(({ id, failure }) => id === message.id && failure === message.failure) ?? message
    );
  const upsert = (message: Outgoing) => {
    const isKnown = messages.some(({ id }) => id === message.id);
    show(isKnown ? messages.map((known) => known.id === message.id ? message : known) : [...messages, message]);
  };

  /** Send one message; the answer says how long to wait before its next try (0: none needed), null to stop altogether. */
  async function deliver(message: Outgoing, failures: number): Promise<number | null> {
    try {
      const sent = await parts.send(message);
      await store.delete(message.id);
      parts.onSent(sent);
      forget(message.id);
      return 0;
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 401) return null; // waits for the next sign-in
      if (!(error instanceof RequestFailed) || error.isTransient) {
        return (error instanceof RequestFailed ? error.retryAfterMs : null) ?? backoff(failures);
      }
      const failed = { ...message, failure: reasonOf(error) };
      await store.put(failed);
      upsert(failed);
      return 0;
    }
  }

  /** Send a room's messages, the oldest first, until none is left. What another tab has sent meanwhile is gone. */
  async function flushRoom(roomId: string): Promise<void> {
    for (let failures = 0; mayGoOn();) {
      const stored = (await store.list(userId)).filter((message) => message.roomId === roomId);
      show([...messages.filter((message) => message.roomId !== roomId), ...asShown(stored)]);
      const next = stored.find(({ failure }) => !failure);
      if (!next) return;
      const wait = await deliver(next, failures);
      if (wait === null) return;
      failures = wait ? failures + 1 : 0;
      if (wait) await pause.for(wait);
    }
  }

  async function flush(roomId: string): Promise<void> {
    wanted.add(roomId);
    if (busy.has(roomId)) return;
    busy.add(roomId);
    while (wanted.delete(roomId) && mayGoOn()) {
      await parts.lock(`parley-outbox-${userId}-${roomId}`, () => flushRoom(roomId));
    }
    busy.delete(roomId);
  }

  async function flushAll(): Promise<void> {
    show(asShown(await store.list(userId)));
    for (const roomId of new Set(messages.map((message) => message.roomId))) void flush(roomId);
  }

  async function keep(message: Outgoing): Promise<void> {
    await store.put(message);
    upsert(message);
    void flush(message.roomId);
  }

  return {
    /** Show and send what an earlier page left. */
    start: flushAll,
    /** Write a message; resolves when it is stored, which is before it is sent. */
    add(roomId: string, content: string, replyTo: string | null = null): Promise<void> {
      const createdAt = new Date(clock.now()).toISOString();
      return keep({ id: uuidv7(), userId, roomId, content, replyTo, createdAt, failure: null });
    },
    retry(id: string): Promise<void> {
      const message = messages.find((known) => known.id === id);
      return message ? keep({ ...message, failure: null }) : Promise.resolve();
    },
    async discard(id: string): Promise<void> {
      await store.delete(id);
      forget(id);
    },
    /** The network is back: try now. */
    wake() {
      pause.wake();
      void flushAll();
    },
    stop() {
      isStopped = true;
      pause.close();
    },
  };
}

import { createSignal, onCleanup } from "solid-js";
import { makeOutbox, type OutboxParts } from "./makeOutbox.ts";
import type { Outgoing } from "./OutboxStore.ts";

/** The outbox for as long as its owner lives, and what is in it. */
export function createOutbox(parts: Omit<OutboxParts, "onChange">) {
  const [messages, setMessages] = createSignal<readonly Outgoing[]>([]);
  const outbox = makeOutbox({ ...parts, onChange: setMessages });
  onCleanup(outbox.stop);
  void outbox.start();
  return { ...outbox, of: (roomId: string) => messages().filter((message) => message.roomId === roomId) };
}

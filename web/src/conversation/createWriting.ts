import { createEffect, createMemo, createSignal, on } from "solid-js";
import * as v from "valibot";
import { Content } from "../../../functions/chat/schema.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { useConversation } from "./ConversationContext.ts";
import { draftOf, keepDraft } from "./drafts.ts";

/** What is being written in the open room: a new message, kept as a draft, or another text for one that was sent. */
export function createWriting() {
  const { api, me, outbox, rooms, toasts, typing } = useParley();
  const { room, answered, edited, drop } = useConversation();
  const roomId = room().id;
  const [text, setText] = createSignal(draftOf(me().id, roomId));
  const [isSaving, setSaving] = createSignal(false);
  const editedId = createMemo(() => edited()?.id);

  createEffect(on(editedId, (id) => setText(id ? edited()!.content : draftOf(me().id, roomId)), { defer: true }));

  function write(next: string) {
    setText(next);
    if (edited()) return;
    keepDraft(me().id, roomId, next);
    if (next.trim()) typing.say(roomId);
  }
  async function save(messageId: string, content: string) {
    setSaving(true);
    const isSaved = await toasts.attempt(async () =>
      rooms.acknowledge(await api.editMessage(roomId, messageId, content))
    );
    setSaving(false);
    if (isSaved) drop();
  }
  async function send() {
    const content = text().trim(), message = edited(), replyTo = answered()?.id ?? null;
    if (message) return message.content === content ? drop() : await save(message.id, content);
    write("");
    drop();
    if (!await toasts.attempt(() => outbox.add(roomId, content, replyTo))) write(content);
  }

  return { text, write, send, canSend: () => !isSaving() && v.is(Content, text().trim()) };
}

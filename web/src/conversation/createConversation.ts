import { createMemo, createSignal } from "solid-js";
import type { Message } from "../../../functions/chat/model.ts";
import { useParley } from "../parley/ParleyContext.ts";
import { may } from "../rooms/may.ts";
import type { RoomState } from "../sync/RoomState.ts";

/** What a person is about in an open room: which message they answer or edit, and which one they want to see. */
export function createConversation(room: () => RoomState) {
  const { api, me, rooms, toasts } = useParley();
  const [intent, setIntent] = createSignal<{ kind: "reply" | "edit"; message: Message } | null>(null);
  const [target, setTarget] = createSignal<{ seq: number } | null>(null);
  const [current, setCurrent] = createSignal<string>();
  const byId = createMemo(() => new Map(room().messages?.map((message) => [message.id, message])));
  const isMine = ({ senderId }: Message) => senderId === me().id;

  /** The message that is answered or edited; none when it was deleted meanwhile. */
  const about = (kind: "reply" | "edit") => {
    const wish = intent();
    if (wish?.kind !== kind) return;
    const message = byId().get(wish.message.id) ?? wish.message;
    return message.deletedAt ? undefined : message;
  };

  return {
    room,
    /** A message of the window. */
    message: (id: string) => byId().get(id),
    /** Changes whenever somebody wishes to answer or edit. */
    intent,
    answered: () => about("reply"),
    edited: () => about("edit"),
    reply: (message: Message) => setIntent({ kind: "reply", message }),
    edit: (message: Message) => setIntent({ kind: "edit", message }),
    /** Neither answer nor edit any more. */
    drop: () => setIntent(null),
    /** Edit the last message of mine that is here. */
    editLast() {
      const last = room().messages?.findLast((message) => isMine(message) && !message.deletedAt);
      if (last) setIntent({ kind: "edit", message: last });
    },
    mayEdit: (message: Message) => may("edit-message", room(), isMine(message)),
    mayDelete: (message: Message) => may("delete-message", room(), isMine(message)),
    remove: ({ roomId, id }: Message) =>
      toasts.attempt(async () => {
        await api.deleteMessage(roomId, id);
        rooms.acknowledgeDeletion(roomId, id);
      }),
    /** The place that somebody wants to see, an object of its own for every wish. */
    target,
    /** Bring the message at a place into view, from the history if need be. */
    show: (seq: number) =>
      toasts.attempt(async () => {
        await rooms.turnTo(room().id, seq);
        setTarget({ seq });
      }),
    /** The message whose buttons the Tab key leads to: the one last used, else the newest. */
    isCurrent: (id: string) => id === (byId().has(current() ?? "") ? current() : room().messages?.at(-1)?.id),
    setCurrent,
  };
}

export type OpenConversation = ReturnType<typeof createConversation>;

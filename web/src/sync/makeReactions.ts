import type { Message, Reaction } from "../../../functions/chat/model.ts";
import { isTransient } from "../api/RequestFailed.ts";
import { backoff } from "../time/backoff.ts";
import type { Pause } from "../time/makePause.ts";
import { withReaction } from "./RoomState.ts";
import type { SyncApi } from "./SyncApi.ts";

interface Wish {
  roomId: string;
  messageId: string;
  emoji: string;
  isOn: boolean;
}

interface ReactionsParts {
  api: Pick<SyncApi, "react">;
  myId: string;
  pause: Pause;
  /** How people reacted to a message, as far as the server has told; undefined when the message is not here. */
  reactionsTo(wish: Wish): readonly Reaction[] | undefined;
  /** Ask the server for news of the room. */
  check(roomId: string): Promise<unknown>;
  onChange(): void;
  onRefused(error: unknown): void;
}

/** How long the stream has to say what the server has done, in milliseconds, before we ask. */
const graceMs = 1_500;

/**
 * My reactions from the press of a button until the server's changes contain them. The answer to a request names no
 * rev, so writing it into the room could overwrite what another device did after it: a wish is laid over what is known
 * instead, and lifted when the room is known to be later than the answer.
 */
export function makeReactions({ api, myId, pause, reactionsTo, check, onChange, onRefused }: ReactionsParts) {
  const wishes = new Map<string, Wish>();
  const busy = new Set<string>();
  const keyOf = ({ messageId, emoji }: Wish) => `${messageId} ${emoji}`;
  const isMine = (reactions: readonly Reaction[] | undefined, emoji: string) =>
    reactions?.find((reaction) => reaction.emoji === emoji)?.userIds.includes(myId) ?? false;
  const isSo = (wish: Wish) => isMine(reactionsTo(wish), wish.emoji) === wish.isOn;

  const put = (wish: Wish) => {
    wishes.set(keyOf(wish), wish);
    onChange();
  };
  const lift = (wish: Wish) => {
    if (wishes.get(keyOf(wish)) !== wish) return; // another was made meanwhile
    wishes.delete(keyOf(wish));
    onChange();
  };

  /** Tell the server, as often as it takes; whether it agreed. */
  async function tell(wish: Wish): Promise<boolean> {
    for (let failures = 0; wishes.get(keyOf(wish)) === wish; failures++) {
      try {
        await api.react(wish.roomId, wish.messageId, wish.emoji, wish.isOn);
        return true;
      } catch (error) {
        if (!isTransient(error)) {
          onRefused(error);
          return false;
        }
        await pause.for(backoff(failures));
      }
    }
    return true;
  }

  async function settle(key: string) {
    for (let wish = wishes.get(key); wish; wish = wishes.get(key)) {
      const isOpen = () => wishes.get(key) === wish && !isSo(wish);
      const isAgreed = await tell(wish);
      if (isAgreed && isOpen()) await pause.for(graceMs);
      if (isAgreed && isOpen()) await check(wish.roomId);
      lift(wish);
    }
    busy.delete(key);
  }

  function of({ id, reactions, deletedAt }: Message): readonly Reaction[] {
    if (deletedAt) return [];
    const mine = [...wishes.values()].filter(({ messageId }) => messageId === id);
    return mine.reduce((all, wish) => withReaction(all, { ...wish, userId: myId }), reactions);
  }

  return {
    of,
    toggle(message: Message, emoji: string) {
      const wish = { roomId: message.roomId, messageId: message.id, emoji, isOn: !isMine(of(message), emoji) };
      const key = keyOf(wish);
      put(wish);
      if (busy.has(key)) return;
      busy.add(key);
      void settle(key);
    },
  };
}

import type { Message } from "../../../functions/chat/model.ts";
import type { Outgoing } from "../outbox/OutboxStore.ts";
import { startOfDay } from "../time/format.ts";

/** A line of a conversation: a message everyone has, or one of mine on its way. */
export type Entry = Message | Outgoing;

export const isOutgoing = (entry: Entry): entry is Outgoing => "failure" in entry;

export const senderOf = (entry: Entry): string => isOutgoing(entry) ? entry.userId : entry.senderId;

/** A few emoji and nothing else; joined ones (a family, a flag, a shade of skin) are several code points each. */
const emoji =
  /^(?=.*[\p{Extended_Pictographic}\p{Regional_Indicator}])[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200d\ufe0f ]{1,20}$/u;
export const isEmoji = (text: string): boolean => emoji.test(text);

/** Messages of one person belong together when no more than this lies between them, in milliseconds. */
const groupMs = 5 * 60_000;

/** The history, then what is on its way; a message that is both (its answer was lost) stands in the history. */
export function entriesOf(messages: readonly Message[], outgoing: readonly Outgoing[]): Entry[] {
  const known = new Set(messages.map(({ id }) => id));
  return [...messages, ...outgoing.filter(({ id }) => !known.has(id))];
}

/** Whether an entry is the first of its day. */
export const startsDay = (entry: Entry, before: Entry | undefined): boolean =>
  !before || startOfDay(entry.createdAt) !== startOfDay(before.createdAt);

/** Whether an entry needs its sender's name and its time above it. */
export const startsGroup = (entry: Entry, before: Entry | undefined): boolean =>
  !before || startsDay(entry, before) || senderOf(entry) !== senderOf(before) ||
  Date.parse(entry.createdAt) - Date.parse(before.createdAt) > groupMs;

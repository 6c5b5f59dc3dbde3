import { ofKind } from "../history.ts";
import { type Evidence, sights } from "./evidence.ts";
import { lastWords } from "./last-words.ts";
import type { MessageRecord, RoomRecord, Violation } from "./record.ts";

/** Reactions that a client shows otherwise than they are stored, or that are stored otherwise than acknowledged. */
export function reactions(evidence: Evidence): Violation[] {
  const inViews = sights(evidence).flatMap(({ client, room, view }) => {
    const truth = new Map(room.messages.map((message) => [message.id, message]));
    return view.messages.filter((shown) => differs(truth.get(shown.id), shown))
      .map(({ id }) => wrong(room, client, `those of message ${id} are shown otherwise`));
  });

  const said = lastWords(
    ofKind(evidence.history, "reaction"),
    ({ messageId, emoji, userId }) => `${messageId} ${emoji} ${userId}`,
  );
  const inDatabase = evidence.database.flatMap((room) =>
    said.filter(({ roomId }) => roomId === room.id).flatMap(({ messageId, emoji, userId, isOn }) => {
      const message = room.messages.find(({ id }) => id === messageId);
      if (!message || message.deletedAt !== null) return []; // a deleted one has none
      const isStored = message.reactions?.includes(`${emoji} ${userId}`) ?? false;
      return isStored === isOn ? [] : [wrong(room, null, `that of ${userId} to message ${messageId} is not as told`)];
    })
  );
  return [...inViews, ...inDatabase];
}

const wrong = ({ id: roomId }: RoomRecord, client: string | null, what: string): Violation => ({
  kind: "reactions",
  roomId,
  client,
  what,
});

const differs = (message: MessageRecord | undefined, shown: MessageRecord) =>
  message?.reactions && shown.reactions && message.reactions.join() !== shown.reactions.join();

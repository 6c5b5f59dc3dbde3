import { ofKind, type Operation, type OperationOf } from "../history.ts";
import { type Evidence, sights } from "./evidence.ts";
import type { MessageRecord, RoomRecord, Violation } from "./record.ts";

/** Messages whose content is not what was last acknowledged, in the database or in a view; and rooms at an old rev. */
export function stale(evidence: Evidence): Violation[] {
  const changes = changesOf(evidence.history);
  const inDatabase = evidence.database.flatMap((room) =>
    room.messages.flatMap((message) => {
      const wrong = whatIsWrong(message, changes.get(message.id) ?? []);
      return wrong === null ? [] : [staleness(room, null, message, wrong)];
    })
  );
  const inViews = sights(evidence).flatMap(({ client, room, view }) => {
    const truth = new Map(room.messages.map((message) => [message.id, message]));
    const messages = view.messages.flatMap((shown) => {
      const message = truth.get(shown.id);
      return message && differs(message, shown) ? [staleness(room, client, message, `shown at rev ${shown.rev}`)] : [];
    });
    const what = `the room is shown at rev ${view.rev} and stands at ${room.rev}`;
    return view.rev === room.rev ? messages : [...messages, { kind: "stale", roomId: room.id, client, what } as const];
  });
  return [...inDatabase, ...inViews];
}

const staleness = (
  { id: roomId }: RoomRecord,
  client: string | null,
  message: MessageRecord,
  how: string,
): Violation => ({
  kind: "stale",
  roomId,
  client,
  what: `message ${message.id} at rev ${message.rev}: ${how}`,
});

const differs = (message: MessageRecord, shown: MessageRecord) =>
  (["content", "deletedAt", "rev", "seq", "senderId"] as const).some((field) => message[field] !== shown[field]);

type Writing = OperationOf<"send"> | OperationOf<"edit"> | OperationOf<"delete">;

function changesOf(history: readonly Operation[]): Map<string, Writing[]> {
  const changes = new Map<string, Writing[]>();
  for (const change of [...ofKind(history, "send"), ...ofKind(history, "edit"), ...ofKind(history, "delete")]) {
    const known = changes.get(change.messageId);
    if (known) known.push(change);
    else changes.set(change.messageId, [change]);
  }
  return changes;
}

/** Why a stored message cannot be the outcome of these operations; null when it can. */
function whatIsWrong({ content, rev, deletedAt }: MessageRecord, changes: readonly Writing[]): string | null {
  const deletions = changes.filter(({ kind, outcome }) => kind === "delete" && outcome !== "refused");
  if (deletedAt !== null) {
    if (deletions.length === 0) return "deleted by nobody";
    return content === "" ? null : "deleted, and its content is still there";
  }
  if (deletions.some(({ outcome }) => outcome === "acknowledged")) return "its deletion was acknowledged and is undone";

  const texts = changes.filter((change): change is Exclude<Writing, { kind: "delete" }> => change.kind !== "delete");
  const acknowledged = texts.filter(({ outcome }) => outcome === "acknowledged");
  const newest = Math.max(0, ...acknowledged.map(({ place }) => place?.rev ?? 0));
  if (rev < newest) return `rev ${newest} was acknowledged`;
  // A later rev than the newest acknowledged one can only come from a try whose answer was never heard.
  const mayStand = texts.some((text) =>
    text.content === content &&
    (text.unanswered > 0 || (text.outcome === "acknowledged" && text.place?.rev === rev))
  );
  return mayStand ? null : "its content is not what was written last";
}

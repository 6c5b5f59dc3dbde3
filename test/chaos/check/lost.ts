import { ofKind } from "../history.ts";
import { type Evidence, sights } from "./evidence.ts";
import type { Violation } from "./record.ts";

/** Messages that should be somewhere and are not, and messages that nobody can have sent. */
export function lost(evidence: Evidence): Violation[] {
  const { history, database } = evidence;
  const sends = ofKind(history, "send");
  const stored = new Map(database.map((room) => [room.id, new Set(room.messages.map(({ id }) => id))]));

  const notStored = sends
    .filter(({ outcome, roomId, messageId }) => outcome === "acknowledged" && !stored.get(roomId)?.has(messageId))
    .map(({ roomId, messageId }): Violation => ({
      kind: "lost",
      roomId,
      client: null,
      what: `message ${messageId} was acknowledged and is not in the database`,
    }));

  const notShown = sights(evidence).flatMap(({ client, room, view }) => {
    const shown = new Set(view.messages.map(({ id }) => id));
    return room.messages.filter(({ id }) => !shown.has(id)).map(({ id, seq }): Violation => ({
      kind: "lost",
      roomId: room.id,
      client,
      what: `message ${id} at seq ${seq} is not shown`,
    }));
  });

  const possible = new Set(sends.filter(({ outcome }) => outcome !== "refused").map(({ messageId }) => messageId));
  const invented = database.flatMap((room) =>
    room.messages.filter(({ id }) => !possible.has(id)).map(({ id }): Violation => ({
      kind: "invented",
      roomId: room.id,
      client: null,
      what: `message ${id} was refused, or nobody sent it`,
    }))
  );
  const imagined = sights(evidence).flatMap(({ client, room, view }) =>
    view.messages.filter(({ id }) => !stored.get(room.id)?.has(id)).map(({ id }): Violation => ({
      kind: "invented",
      roomId: room.id,
      client,
      what: `message ${id} is shown and not in the database`,
    }))
  );

  return [...notStored, ...notShown, ...invented, ...imagined];
}

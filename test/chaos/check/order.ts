import { ofKind, type Operation, type OperationOf, type Place } from "../history.ts";
import { type Evidence, sights } from "./evidence.ts";
import type { MessageRecord, RoomRecord, Violation, ViolationKind } from "./record.ts";

function repeated<T>(values: readonly T[]): T[] {
  const seen = new Set<T>(), again = new Set<T>();
  for (const value of values) (seen.has(value) ? again : seen).add(value);
  return [...again];
}

/** One order for everyone: no message twice, no place twice, no hole, and in the order of acknowledgement. */
export function order(evidence: Evidence): Violation[] {
  const inDatabase = evidence.database.flatMap((room) => [
    ...twice(room.id, null, room.messages),
    ...holes(room),
    ...moved(room, evidence.history),
    ...overtaken(room, evidence.history),
  ]);
  const inViews = sights(evidence).flatMap(({ client, room, view }) => [
    ...twice(room.id, client, view.messages),
    ...misplaced(room, client, view.messages),
  ]);
  return [...inDatabase, ...inViews];
}

const violation = (kind: ViolationKind, roomId: string, client: string | null, what: string): Violation => ({
  kind,
  roomId,
  client,
  what,
});

function twice(roomId: string, client: string | null, messages: readonly MessageRecord[]): Violation[] {
  const ids = repeated(messages.map(({ id }) => id)).map((id) => `message ${id} is there twice`);
  const each = new Map(messages.map((message) => [message.id, message.seq]));
  const places = repeated([...each.values()]).map((seq) => `seq ${seq} is there twice`);
  return [...ids, ...places].map((what) => violation("duplicated", roomId, client, what));
}

function holes({ id, lastSeq, messages }: RoomRecord): Violation[] {
  const known = new Set(messages.map(({ seq }) => seq));
  const places = Array.from({ length: Math.max(lastSeq, ...known, 0) }, (_, at) => at + 1);
  const missing = places.filter((seq) => !known.has(seq) || seq > lastSeq);
  return missing.map((seq) => violation("reordered", id, null, `seq ${seq} is a hole, or past the last one`));
}

const sendsTo = (roomId: string, history: readonly Operation[]) =>
  ofKind(history, "send").filter((send): send is OperationOf<"send"> & { place: Place } =>
    send.roomId === roomId && send.outcome === "acknowledged" && send.place !== null
  );

/** Messages that stand elsewhere than their acknowledgement said. */
function moved({ id: roomId, messages }: RoomRecord, history: readonly Operation[]): Violation[] {
  const places = new Map(messages.map(({ id, seq }) => [id, seq]));
  return sendsTo(roomId, history)
    .filter(({ messageId, place }) => (places.get(messageId) ?? place.seq) !== place.seq)
    .map(({ messageId, place }) =>
      violation("reordered", roomId, null, `message ${messageId} was acknowledged at seq ${place.seq} and has moved`)
    );
}

/** Messages that stand before one that was acknowledged, to whomever, before they were sent at all. */
function overtaken({ id: roomId }: RoomRecord, history: readonly Operation[]): Violation[] {
  const sends = sendsTo(roomId, history);
  const byEnd = [...sends].sort((one, other) => one.endedAt! - other.endedAt!);
  const found: Violation[] = [];
  let highest = 0, next = 0;
  for (const { startedAt, messageId, place } of [...sends].sort((one, other) => one.startedAt - other.startedAt)) {
    for (; byEnd[next] && byEnd[next]!.endedAt! < startedAt; next++) {
      highest = Math.max(highest, byEnd[next]!.place.seq);
    }
    if (place.seq > highest) continue;
    const what = `message ${messageId} at seq ${place.seq} was sent after seq ${highest} had been acknowledged`;
    found.push(violation("reordered", roomId, null, what));
  }
  return found;
}

/** The first message that a client shows in another place among those that both know. */
function misplaced(room: RoomRecord, client: string, shown: readonly MessageRecord[]): Violation[] {
  const known = new Set(room.messages.map(({ id }) => id));
  const seen = new Set(shown.map(({ id }) => id));
  const theirs = [...new Set(shown.map(({ id }) => id))].filter((id) => known.has(id));
  const truth = room.messages.filter(({ id }) => seen.has(id)).map(({ id }) => id);
  const at = theirs.findIndex((id, place) => id !== truth[place]);
  return at < 0 ? [] : [violation("reordered", room.id, client, `message ${theirs[at]} is shown in another order`)];
}

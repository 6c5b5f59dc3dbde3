import { ofKind } from "../history.ts";
import { type Evidence, sights } from "./evidence.ts";
import type { Violation } from "./record.ts";

/** Unread counts that are not last_seq − last_read_seq on some client, and markers behind what was acknowledged. */
export function unread(evidence: Evidence): Violation[] {
  const { history, database } = evidence;
  const shown = sights(evidence).flatMap(({ client, userId, room, view }): Violation[] => {
    const { lastReadSeq } = room.participants.find((participant) => participant.userId === userId)!;
    const count = room.lastSeq - lastReadSeq;
    if (view.unread === count) return [];
    return [{ kind: "unread", roomId: room.id, client, what: `${view.unread} unread instead of ${count}` }];
  });

  const read = new Map<string, number>();
  for (const { roomId, userId, seq, outcome } of ofKind(history, "read")) {
    const key = `${roomId} ${userId}`;
    if (outcome === "acknowledged") read.set(key, Math.max(seq, read.get(key) ?? 0));
  }
  const forgotten = database.flatMap(({ id: roomId, participants }) =>
    participants.flatMap(({ userId, lastReadSeq }): Violation[] => {
      const seq = read.get(`${roomId} ${userId}`) ?? 0;
      if (lastReadSeq >= seq) return [];
      const what = `${userId} has read up to ${seq}, and their marker is at ${lastReadSeq}`;
      return [{ kind: "unread", roomId, client: null, what }];
    })
  );
  return [...shown, ...forgotten];
}

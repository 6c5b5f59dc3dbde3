import { setTimeout as sleep } from "node:timers/promises";
import getRoom from "../../functions/chat/get-room.ts";
import type { Message, Participant, Room } from "../../functions/chat/model.ts";
import { applyChange, closed, type RoomState } from "../../web/src/sync/RoomState.ts";
import { type Ear, historyOf, listen } from "../talk.ts";
import { ask, type Person } from "../world.ts";

/** A room as one person may fetch it, in the shape that the web client keeps it in; null for who is not in it. */
export async function fetchRoom(as: Person, { id }: { id: string }): Promise<RoomState | null> {
  const res = await ask(getRoom, "GET", `/api/rooms/${id}`, { as });
  if (res.status === 404) return null;
  const { participants, unreadCount: _, ...room } = await res.json() as Room & {
    unreadCount: number;
    participants: Participant[];
  };
  return { ...room, ...closed, messages: await historyOf(as, { id }), members: participants };
}

const byId = (one: { userId: string }, other: { userId: string }) => one.userId < other.userId ? -1 : 1;
const bySeq = (one: Message, other: Message) => one.seq - other.seq;

/**
 * What two copies of a room must agree on. Reactions and members are sets; markers, which take no rev, are compared where
 * they are due; `updatedAt` only orders the list of rooms.
 */
export function essence(room: RoomState | null, { withMarker }: { withMarker: boolean }) {
  if (!room) return null;
  const { id, name, description, rev, lastSeq, role, lastReadSeq } = room;
  return {
    ...{ id, name, description, rev, lastSeq, role },
    ...(withMarker && { lastReadSeq }),
    lastMessage: room.lastMessage && { ...room.lastMessage, reactions: null },
    members: room.members!.map(({ userId, role, joinedAt }) => ({ userId, role, joinedAt })).sort(byId),
    messages: [...room.messages!].sort(bySeq).map(({ reactions, ...message }) => ({
      ...message,
      reactions: reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => `${emoji} ${userId}`)).sort(),
    })),
  };
}

/** An event that was published arrives within milliseconds; after this long it never will. */
const patienceMs = 5_000;

/** Somebody who listens and keeps a copy of the room by what they hear, fetching it only when they come into it. */
export async function observe(as: Person, room: { id: string }) {
  const ear: Ear = await listen(as);
  await ear.next("hello");
  let copy = await fetchRoom(as, room);
  let heard = 0;

  async function silence(rev: number | undefined): Promise<never> {
    await sleep(patienceMs, undefined, { ref: false });
    throw new Error(`Heard nothing more after rev ${rev}`);
  }

  /** Take what comes until the copy stands where it should. Throws when a rev comes out of turn. */
  async function follow(isThere: (copy: RoomState | null) => boolean): Promise<RoomState | null> {
    while (!isThere(copy)) {
      const { data } = await Promise.race([ear.next(), silence(copy?.rev)]);
      if (data.roomId !== room.id) continue;
      heard++;
      if (data.type === "read.advanced" && data.userId === as.id && copy) {
        copy = { ...copy, lastReadSeq: Math.max(copy.lastReadSeq, data.lastReadSeq) };
      }
      if (!("rev" in data)) continue;
      if (!copy) {
        if (data.type === "participant.changed" && data.participant.userId === as.id) copy = await fetchRoom(as, room);
        continue;
      }
      if (data.rev <= copy.rev) continue;
      if (data.rev !== copy.rev + 1) throw new Error(`Heard of rev ${data.rev} after ${copy.rev}`);
      copy = applyChange(copy, data, as.id);
    }
    return copy;
  }

  return { as, follow, close: ear.close, count: () => heard };
}

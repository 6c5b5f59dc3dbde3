import { ofKind } from "../history.ts";
import { type Evidence, isIn, sights } from "./evidence.ts";
import { lastWords } from "./last-words.ts";
import type { RoomView, Violation } from "./record.ts";

/** Rooms that a client shows and should not, or the other way round; people in them likewise; joins that were undone. */
export function membership(evidence: Evidence): Violation[] {
  const { history, database, views } = evidence;
  const rooms = views.flatMap(({ client, userId, rooms: shown }) => {
    const ids = new Set(shown.map(({ id }) => id));
    const mine = new Set(database.filter((room) => isIn(room, userId)).map(({ id }) => id));
    const missing = [...mine].filter((id) => !ids.has(id)).map((id) => wrong(id, client, "the room is not shown"));
    const surplus = [...ids].filter((id) => !mine.has(id)).map((id) =>
      wrong(id, client, "the room is shown to somebody not in it")
    );
    return [...missing, ...surplus];
  });

  const people = sights(evidence).flatMap(({ client, room, view }) =>
    namesOf(room) === namesOf(view) ? [] : [wrong(room.id, client, "its people or their roles are shown otherwise")]
  );

  const said = lastWords(ofKind(history, "membership"), ({ roomId, subjectId }) => `${roomId} ${subjectId}`);
  const undone = database.flatMap((room) =>
    said.filter(({ roomId, subjectId, isIn: isMeant }) => roomId === room.id && isIn(room, subjectId) !== isMeant)
      .map(({ subjectId, isIn }) => wrong(room.id, null, `${subjectId} was ${isIn ? "added" : "removed"}, and is not`))
  );
  return [...rooms, ...people, ...undone];
}

const wrong = (roomId: string, client: string | null, what: string): Violation => ({
  kind: "membership",
  roomId,
  client,
  what,
});

const namesOf = ({ participants }: Pick<RoomView, "participants">) =>
  participants.map(({ userId, role }) => `${userId} ${role}`).sort().join();

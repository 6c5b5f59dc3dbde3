import { makeHistory, type Place, type Wish } from "../history.ts";
import type { Evidence } from "./evidence.ts";
import type { MessageRecord, RoomRecord, RoomView } from "./record.ts";

/** A run in which all went well, and the means to make one thing of it wrong: what the checker is tested with. */

const roomId = "tea";
const at = "2026-11-23T12:00:00.000Z";

const message = (seq: number, rev: number, senderId: string, content: string): MessageRecord => ({
  id: `m${seq}`,
  senderId,
  content,
  deletedAt: null,
  seq,
  rev,
  reactions: [],
});

/** Ada and Bob in one room: four messages, the first edited and reacted to, the second deleted; Bob has read three. */
export function aRun(): Evidence {
  let time = 0;
  const history = makeHistory(() => time++);
  const by = (userId: string, wish: Wish, place?: Place) =>
    history.begin({ client: userId, userId, roomId }, wish).acknowledge(place);
  const send = (userId: string, seq: number, content: string) =>
    by(userId, { kind: "send", messageId: `m${seq}`, content }, { seq, rev: seq + 1 });
  send("ada", 1, "first");
  send("bob", 2, "second");
  send("bob", 3, "third");
  send("ada", 4, "fourth");
  by("ada", { kind: "edit", messageId: "m1", content: "first, mended" }, { seq: 1, rev: 6 });
  by("bob", { kind: "delete", messageId: "m2" });
  by("bob", { kind: "reaction", messageId: "m1", emoji: "👍", isOn: true });
  by("bob", { kind: "read", seq: 3 });
  by("ada", { kind: "membership", subjectId: "bob", isIn: true });

  const messages = [
    { ...message(1, 6, "ada", "first, mended"), reactions: ["👍 bob"] },
    { ...message(2, 7, "bob", ""), deletedAt: at },
    message(3, 4, "bob", "third"),
    message(4, 5, "ada", "fourth"),
  ];
  const participants = [{ userId: "ada", role: "owner", lastReadSeq: 4 }, {
    userId: "bob",
    role: "member",
    lastReadSeq: 3,
  }];
  const view = (userId: string, unread: number) => ({
    client: userId,
    userId,
    rooms: [{ id: roomId, rev: 10, unread, participants, messages }],
  });
  return {
    history: history.operations,
    database: [{ id: roomId, rev: 10, lastSeq: 4, participants, messages }],
    views: [view("ada", 0), view("bob", 1)],
  };
}

type Where = "everywhere" | "ada" | "bob";
type Room = Pick<RoomView, "messages" | "participants">;

/** The same run with the room changed: in the database and every view, or in the view of one. */
export function mend(
  run: Evidence,
  where: Where,
  change: (room: Room) => Partial<RoomView>,
): Evidence {
  const isWide = where === "everywhere";
  return {
    ...run,
    database: isWide ? run.database.map((room) => ({ ...room, ...change(room) }) as RoomRecord) : run.database,
    views: run.views.map((view) =>
      isWide || view.client === where
        ? { ...view, rooms: view.rooms.map((room) => ({ ...room, ...change(room) })) }
        : view
    ),
  };
}

/** The same with one message changed, the one at `seq`. */
export const mendMessage = (run: Evidence, where: Where, seq: number, change: Partial<MessageRecord>): Evidence =>
  mend(run, where, ({ messages }) => ({
    messages: messages.map((message) => message.seq === seq ? { ...message, ...change } : message),
  }));

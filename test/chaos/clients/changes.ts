import type { History, Pending, Place, Wish } from "../history.ts";
import type { Answer, Ask } from "./ask.ts";

interface ChangesParts {
  ask: Ask;
  history: History;
  client: string;
  userId: string;
}

/** Take what a server's answer means to an operation: done, refused, or still unknown when there was none. */
function settle(pending: Pending, answer: Answer | null, place?: Place): void {
  if (!answer) return;
  if (answer.status < 300) pending.acknowledge(place);
  else pending.refuse();
}

/** What a person can change beside sending and reading, each asked for until it is answered, and put on record. */
export function makeChanges({ ask, history, client, userId }: ChangesParts) {
  async function change(roomId: string, wish: Wish, method: string, path: string, body?: unknown) {
    const pending = history.begin({ client, userId, roomId }, wish);
    const answer = await ask(method, `/api/rooms/${roomId}${path}`, body, pending);
    const place = answer && wish.kind === "edit" ? answer.body as Place : undefined;
    settle(pending, answer, place && { seq: place.seq, rev: place.rev });
  }

  return {
    edit: (roomId: string, messageId: string, content: string) =>
      change(roomId, { kind: "edit", messageId, content }, "PATCH", `/messages/${messageId}`, { content }),
    remove: (roomId: string, messageId: string) =>
      change(roomId, { kind: "delete", messageId }, "DELETE", `/messages/${messageId}`),
    react: (roomId: string, messageId: string, emoji: string, isOn: boolean) =>
      change(
        roomId,
        { kind: "reaction", messageId, emoji, isOn },
        isOn ? "PUT" : "DELETE",
        `/messages/${messageId}/reactions/${encodeURIComponent(emoji)}`,
      ),
    leave: (roomId: string, subjectId: string) =>
      change(roomId, { kind: "membership", subjectId, isIn: false }, "DELETE", `/participants/${subjectId}`),
    join: (roomId: string, subjectId: string) =>
      change(roomId, { kind: "membership", subjectId, isIn: true }, "PUT", `/participants/${subjectId}`, {}),
  };
}

export type Changes = ReturnType<typeof makeChanges>;

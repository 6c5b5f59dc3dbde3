/** What clients asked for, and what became of it. Times are milliseconds of one clock, this process's. */

/**
 * `acknowledged`: the server said so. `refused`: it answered every try, and never did it. `unknown`: some try was not
 * answered, and none was acknowledged.
 */
export type Outcome = "acknowledged" | "refused" | "unknown";

interface Asked {
  /** The client that asked. */
  client: string;
  userId: string;
  roomId: string;
  startedAt: number;
  /** When its outcome was known; null while it is under way. */
  endedAt: number | null;
  outcome: Outcome;
  /** Tries that were sent and not answered: each may be carried out at any time, even after an acknowledgement. */
  unanswered: number;
}

/** What an operation is about. */
export type Wish =
  | { kind: "send"; messageId: string; content: string }
  | { kind: "edit"; messageId: string; content: string }
  | { kind: "delete"; messageId: string }
  | { kind: "reaction"; messageId: string; emoji: string; isOn: boolean }
  | { kind: "read"; seq: number }
  | { kind: "membership"; subjectId: string; isIn: boolean };

/** Where the answer put it; only messages that were sent or edited have a place. */
export interface Place {
  seq: number;
  rev: number;
}

export type Operation = Asked & Wish & { place: Place | null };
export type OperationOf<Kind extends Wish["kind"]> = Extract<Operation, { kind: Kind }>;

type Asker = Pick<Asked, "client" | "userId" | "roomId">;

/** One operation while it is under way. */
export interface Pending {
  /** A try was sent, and no answer came. */
  unanswered(): void;
  acknowledge(place?: Place): void;
  /** The server said no. After a try without an answer nobody knows whether that one was carried out. */
  refuse(): void;
}

/** The record of a run, in the order in which things were asked. */
export function makeHistory(now: () => number = () => performance.now()) {
  const operations: Operation[] = [];

  function begin(asker: Asker, wish: Wish): Pending {
    const asked = { startedAt: now(), endedAt: null, outcome: "unknown" as const, unanswered: 0, place: null };
    const operation: Operation = { ...asker, ...asked, ...wish };
    operations.push(operation);
    const end = (outcome: Outcome) => {
      operation.endedAt = now();
      operation.outcome = outcome;
    };
    return {
      unanswered: () => void operation.unanswered++,
      acknowledge(place) {
        operation.place = place ?? null;
        end("acknowledged");
      },
      refuse: () => end(operation.unanswered > 0 ? "unknown" : "refused"),
    };
  }

  return { operations, begin };
}

export type History = ReturnType<typeof makeHistory>;

/** The operations of one kind. */
export const ofKind = <Kind extends Wish["kind"]>(history: readonly Operation[], kind: Kind): OperationOf<Kind>[] =>
  history.filter((operation): operation is OperationOf<Kind> => operation.kind === kind);

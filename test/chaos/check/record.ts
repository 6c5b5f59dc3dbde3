/** What the checker compares: the truth, and what clients take for it. */

export interface MessageRecord {
  id: string;
  senderId: string;
  content: string;
  deletedAt: string | null;
  seq: number;
  rev: number;
  /** `emoji userId` of each reaction, sorted; null where a client does not keep them. */
  reactions: readonly string[] | null;
}

/** A room as the database has it. */
export interface RoomRecord {
  id: string;
  rev: number;
  lastSeq: number;
  participants: readonly { userId: string; role: string; lastReadSeq: number }[];
  /** All of them, in the order of seq. */
  messages: readonly MessageRecord[];
}

export type Database = readonly RoomRecord[];

/** A room as one client shows it. */
export interface RoomView {
  id: string;
  rev: number;
  unread: number;
  participants: readonly { userId: string; role: string }[];
  /** All of them, in the order in which they are shown. */
  messages: readonly MessageRecord[];
}

/** What one client holds at the end. */
export interface View {
  client: string;
  userId: string;
  rooms: readonly RoomView[];
}

/** What can go wrong. `unconverged` is found by waiting, all others by `check`. */
export const violationKinds = [
  "lost",
  "duplicated",
  "reordered",
  "stale",
  "unread",
  "reactions",
  "membership",
  "invented",
  "unconverged",
] as const;
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  kind: ViolationKind;
  roomId: string;
  /** Who shows it; null when it is the database that is wrong. */
  client: string | null;
  /** What exactly, by ids, revs and places; never what people wrote. */
  what: string;
}

import { mayManage, rights, type Role } from "../../functions/chat/schema.ts";
import type { ProblemName } from "../../functions/lib/problem.ts";
import type { Author, Scene, Standing } from "./scene.ts";
import type { Person } from "../world.ts";

/** What an operation answers: its status when all goes well, the problem when not. */
export type Expected = number | ProblemName;

/** Whoever asks: nobody and every forged token are `unknown`. */
export type Column = Standing | "unknown";

/** The parts of a request that the route leaves open. */
export interface Asked {
  roomId?: string;
  messageId?: string;
  userId?: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
}

/** One valid way to ask for an operation, and what everyone who asks so is answered. */
export interface Case {
  /** What is asked for, where an operation has several cases. */
  what?: string;
  /** Unless said, it is about the scene's room, the member's message and the mate. */
  asks?: (scene: Scene, caller: Person) => Asked;
  answers: Record<Column, Expected>;
  /** What is answered otherwise in a public room; without it, the operation is not about a room. */
  inPublic?: Partial<Record<Column, Expected>>;
}

export type Row = readonly [Case, ...Case[]];

/** For auth/*: an access token means nothing there. */
export const toAnybody = (answer: Expected): Record<Column, Expected> => ({
  unknown: answer,
  stranger: answer,
  "ex-member": answer,
  member: answer,
  admin: answer,
  owner: answer,
  deactivated: answer,
});

/** For what is one's own: everyone with an account that is open. */
export const ofAccount = (ok: number): Record<Column, Expected> => ({
  ...toAnybody(ok),
  unknown: "not-signed-in",
  deactivated: "account-deactivated",
});

/** For what is in a room: who is in it, as their role says; for everybody else there is no such room. */
export const inRoom = (byRole: (role: Role) => Expected): Record<Column, Expected> => ({
  unknown: "not-signed-in",
  stranger: "room-not-found",
  "ex-member": "room-not-found",
  member: byRole("member"),
  admin: byRole("admin"),
  owner: byRole("owner"),
  deactivated: "room-not-found",
});

/** By `rights`: the roles it lists, and where it lists the author, who wrote the message. */
export const byRight = (operation: keyof typeof rights, ok: number, author?: Author) =>
  inRoom((role) => {
    const may: readonly string[] = rights[operation];
    return may.includes(role) || (may.includes("author") && role === author) ? ok : "not-allowed";
  });

/** By `mayManage`: who may do so to somebody of this role. */
export const overRole = (subject: Role, ok: number) =>
  inRoom((role) => mayManage[role].includes(subject) ? ok : "not-allowed");

/** The same case for a message of each who wrote one. */
export const ofEachAuthor = (of: (author: Author) => Case): Row =>
  (["owner", "admin", "member", "ex-member"] as const).map((author) => ({
    ...of(author),
    what: `a message of the ${author}`,
  })) as unknown as Row;

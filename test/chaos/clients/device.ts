import type { RoomView, View } from "../check/record.ts";
import type { History, Pending } from "../history.ts";
import type { Person } from "../house/people.ts";
import type { Random } from "../random.ts";
import type { Ask } from "./ask.ts";
import type { Changes } from "./changes.ts";
import type { Counts } from "./counts.ts";

/** What every client is made of, whichever program it runs. */
export interface DeviceParts {
  name: string;
  person: Person;
  fetch: typeof fetch;
  ask: Ask;
  history: History;
  random: Random;
  counts: Counts;
}

/** How many messages of a room people look at and change. */
export const recent = 40;

/** A room as its client knows it now. */
export interface Sight {
  id: string;
  rev: number;
  role: string;
  lastSeq: number;
  lastReadSeq: number;
  /** The newest `recent` that the client holds, the oldest first. */
  messages: RoomView["messages"];
}

/** A program that keeps a copy of somebody's rooms. What it has promised to send outlives a restart. */
export interface Program {
  start(): void;
  stop(): void;
  sights(): Sight[];
  send(roomId: string, content: string): Promise<void>;
  read(roomId: string, seq: number): Promise<void>;
  /** Whether everything that was to be sent was answered. */
  isIdle(): boolean;
  /** Everything it shows, with the whole history of each room. */
  view(): Promise<View["rooms"]>;
}

/** One client of one person. */
export interface Device extends Omit<Program, "start" | "stop" | "view"> {
  name: string;
  person: Person;
  changes: Changes;
  start(): void;
  stop(): void;
  /** Close the program and open it anew, with nothing but what it has stored. */
  restart(): void;
  view(): Promise<View>;
}

/** Sends that are on record and not yet answered, by message. */
export type Sends = Map<string, Pending>;

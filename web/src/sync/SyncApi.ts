import type { Change, Message, Participant, Room } from "../../../functions/chat/model.ts";

export interface MessagesPage {
  /** Ascending by seq. */
  messages: Message[];
  /** The room's rev that this page was read at. */
  rev: number;
  /** Whether history goes on in the direction asked for. */
  hasMore: boolean;
}

/** The newest `limit` messages, or those just before or after a seq. */
export interface MessagesQuery {
  before?: number;
  after?: number;
  limit: number;
}

export interface ChangesPage {
  changes: Change[];
  /** Where the client stands once it has applied this page. */
  rev: number;
  /** Where the room stands. */
  head: number;
  hasMore: boolean;
  /** The client knows a rev that the room never had: load the room anew. */
  truncated: boolean;
}

/** How many people a room comes with, as functions/chat/get-room.ts has it. */
export const firstPeople = 200;

/** What the sync asks of the server; all of it throws `RequestFailed`. */
export interface SyncApi {
  listRooms(cursor?: string): Promise<{ rooms: Room[]; cursor: string | null }>;
  /** With the first people in it, at most `firstPeople`. */
  getRoom(roomId: string): Promise<Room & { participants: Participant[] }>;
  listParticipants(
    roomId: string,
    cursor?: string,
  ): Promise<{ participants: Participant[]; rev: number; cursor: string | null }>;
  listMessages(roomId: string, page: MessagesQuery): Promise<MessagesPage>;
  getChanges(roomId: string, since: number): Promise<ChangesPage>;
  markRead(roomId: string, seq: number): Promise<unknown>;
  react(roomId: string, messageId: string, emoji: string, isOn: boolean): Promise<unknown>;
}

import type { Change, Message, Participant, Room } from "../../../functions/chat/schema.ts";

export interface MessagesPage {
  /** Ascending by seq. */
  messages: Message[];
  /** The room's rev that this page was read at. */
  rev: number;
  hasMore: boolean;
}

export interface ChangesPage {
  changes: Change[];
  /** Where the client stands once it has applied this page. */
  rev: number;
  hasMore: boolean;
  /** The changes are too many or too old: reload the room. */
  truncated: boolean;
}

/** What the sync asks of the server; all of it throws `RequestFailed`. */
export interface SyncApi {
  listRooms(cursor?: string): Promise<{ rooms: Room[]; cursor: string | null }>;
  getRoom(roomId: string): Promise<Room & { participants: Participant[] }>;
  listMessages(roomId: string, page: { before?: number; limit: number }): Promise<MessagesPage>;
  getChanges(roomId: string, since: number): Promise<ChangesPage>;
  markRead(roomId: string, seq: number): Promise<unknown>;
}

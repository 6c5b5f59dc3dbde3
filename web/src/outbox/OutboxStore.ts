import { type DBSchema, openDB } from "idb";

/** A message on its way. Ids are UUIDv7, so their order is the order of writing. */
export interface Outgoing {
  id: string;
  /** Whose message it is: nobody else who signs in here may send it. */
  userId: string;
  roomId: string;
  content: string;
  /** The message that it answers; left out by earlier releases. */
  replyTo?: string | null;
  /** ISO 8601, by this device's clock. */
  createdAt: string;
  /** Why the server refused it; null while it is on its way. */
  failure: string | null;
}

/** Where outgoing messages outlive the page. */
export interface OutboxStore {
  /** One person's messages, in the order of writing. */
  list(userId: string): Promise<Outgoing[]>;
  put(message: Outgoing): Promise<unknown>;
  delete(id: string): Promise<unknown>;
}

interface Schema extends DBSchema {
  outgoing: { key: string; value: Outgoing; indexes: { userId: string } };
}

/** The outbox in IndexedDB. Throws where the browser keeps nothing (some private windows). */
export async function openOutboxStore(): Promise<OutboxStore> {
  const db = await openDB<Schema>("parley", 1, {
    upgrade: (db) => void db.createObjectStore("outgoing", { keyPath: "id" }).createIndex("userId", "userId"),
  });
  return {
    list: (userId) => db.getAllFromIndex("outgoing", "userId", userId), // ties in the index stand in order of id
    put: (message) => db.put("outgoing", message),
    delete: (id) => db.delete("outgoing", id),
  };
}

/** An outbox that lives as long as the page, for browsers that keep nothing. */
export function makeMemoryStore(): OutboxStore {
  const messages = new Map<string, Outgoing>();
  return {
    list: (userId) =>
      Promise.resolve(
        [...messages.values()].filter((message) => message.userId === userId).sort((a, b) => a.id < b.id ? -1 : 1),
      ),
    put: (message) => Promise.resolve(messages.set(message.id, message)),
    delete: (id) => Promise.resolve(messages.delete(id)),
  };
}

import type { MessageRecord } from "../check/record.ts";
import { makeApi } from "../../../web/src/api/makeApi.ts";
import { RequestFailed } from "../../../web/src/api/RequestFailed.ts";
import { makeOutbox } from "../../../web/src/outbox/makeOutbox.ts";
import type { OutboxStore, Outgoing } from "../../../web/src/outbox/OutboxStore.ts";
import { makePageLock } from "../../../web/src/session/Lock.ts";
import { makeStream, type StreamEvent } from "../../../web/src/sync/makeStream.ts";
import { makeSync } from "../../../web/src/sync/makeSync.ts";
import { type RoomState, unreadIn } from "../../../web/src/sync/RoomState.ts";
import type { SyncApi } from "../../../web/src/sync/SyncApi.ts";
import { systemClock as clock } from "../../../web/src/time/Clock.ts";
import { authorized } from "./ask.ts";
import { type DeviceParts, type Program, recent, type Sends } from "./device.ts";

/** What the browser keeps when the page is closed: the outbox. And what is on record of it. */
export interface Kept {
  store: OutboxStore;
  sends: Sends;
}

/** As the session's fetch does: what brings no answer is a failed request. */
const failing = (fetch: typeof globalThis.fetch): typeof globalThis.fetch => async (input, init) => {
  try {
    return await fetch(input, init);
  } catch {
    throw new RequestFailed(null);
  }
};

/** The real web client without its pages: sync, stream, outbox and API as a browser runs them. */
export function makeWebProgram(parts: DeviceParts, { store, sends }: Kept): Program {
  const { name, person: { id: userId, token }, fetch, history, counts } = parts;
  const rooms = new Map<string, RoomState>();
  const api = makeApi({ fetch: failing(authorized(fetch, token)), baseUrl: "http://house" });
  let waiting = 0, reading = 0;

  const counted: SyncApi = {
    ...api,
    getChanges(roomId, since) {
      counts.repairs++;
      return api.getChanges(roomId, since);
    },
    async markRead(roomId, seq) {
      const pending = history.begin({ client: name, userId, roomId }, { kind: "read", seq });
      reading++;
      try {
        await api.markRead(roomId, seq);
        pending.acknowledge();
      } catch (error) {
        if (!(error instanceof RequestFailed) || error.isTransient) {
          counts.retries++;
          pending.unanswered();
        } else pending.refuse();
        throw error;
      } finally {
        reading--;
      }
    },
  };

  async function send({ id, roomId, content }: Outgoing) {
    const asker = { client: name, userId, roomId };
    const pending = sends.get(id) ?? history.begin(asker, { kind: "send", messageId: id, content });
    sends.set(id, pending);
    try {
      const message = await api.sendMessage(roomId, id, content);
      pending.acknowledge({ seq: message.seq, rev: message.rev });
      sends.delete(id);
      return message;
    } catch (error) {
      if (!(error instanceof RequestFailed) || error.isTransient) {
        counts.retries++;
        pending.unanswered();
      } else {
        pending.refuse();
        sends.delete(id);
      }
      throw error;
    }
  }

  const sync = makeSync({
    api: counted,
    myId: userId,
    clock,
    onRoom(roomId, room) {
      if (!room) return void rooms.delete(roomId);
      const isNew = !rooms.has(roomId);
      rooms.set(roomId, room);
      if (isNew) void sync.open(roomId); // its person looks at every room
    },
  });
  const outbox = makeOutbox({
    store,
    userId,
    clock,
    lock: makePageLock(),
    send,
    onSent: sync.acknowledge,
    onChange: (messages) => waiting = messages.filter(({ failure }) => !failure).length,
  });
  const hear = (event: StreamEvent) => {
    counts.events++;
    sync.hear(event);
  };
  const stream = makeStream({ open: api.events, clock, hear, onLive: () => {} });

  async function wholeHistory(roomId: string) {
    while (rooms.get(roomId)?.hasOlder) await sync.grow(roomId, "older");
    while (rooms.get(roomId)?.hasNewer) await sync.grow(roomId, "newer");
  }

  return {
    start() {
      stream.start();
      void sync.start();
      void outbox.start();
    },
    stop() {
      stream.stop();
      sync.stop();
      outbox.stop();
    },
    sights: () =>
      [...rooms.values()].map((room) => ({ ...room, messages: room.messages?.slice(-recent).map(recordOf) ?? [] })),
    send: (roomId, content) => outbox.add(roomId, content),
    read: (roomId, seq) => Promise.resolve(sync.read(roomId, seq)),
    isIdle: () => waiting === 0 && reading === 0,
    async view() {
      await Promise.all([...rooms.keys()].map(wholeHistory));
      return [...rooms.values()].map((room) => ({
        id: room.id,
        rev: room.rev,
        unread: unreadIn(room),
        participants: room.members ?? [],
        messages: room.messages?.map(recordOf) ?? [],
      }));
    },
  };
}

type Shown = NonNullable<RoomState["messages"]>[number];

const recordOf = ({ id, senderId, content, deletedAt, seq, rev, reactions }: Shown): MessageRecord => ({
  ...{ id, senderId, content, deletedAt, seq, rev },
  reactions: reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => `${emoji} ${userId}`)).sort(),
});

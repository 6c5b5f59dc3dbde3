import { createMemo, createSignal, onCleanup } from "solid-js";
import { makeSync, type SyncParts } from "../sync/makeSync.ts";
import { type RoomState, unreadIn } from "../sync/RoomState.ts";

const lastActivity = ({ lastMessage, createdAt }: RoomState) => lastMessage?.createdAt ?? createdAt;

/** My rooms as the sync knows them, the most recently active first. */
export function createRooms(parts: Omit<SyncParts, "onRoom" | "onListed" | "onReactions">) {
  const [known, setKnown] = createSignal<ReadonlyMap<string, RoomState>>(new Map());
  const [isListed, setListed] = createSignal(false);

  const [reactions, setReactions] = createSignal({}, { equals: false });
  const sync = makeSync({
    ...parts,
    onReactions: () => setReactions({}),
    onListed: () => setListed(true),
    onRoom: (roomId, room) =>
      setKnown((rooms) => {
        const next = new Map(rooms);
        if (room) next.set(roomId, room);
        else next.delete(roomId);
        return next;
      }),
  });
  onCleanup(sync.stop);
  void sync.start();

  const all = createMemo(() =>
    [...known().values()].sort((a, b) =>
      lastActivity(a) < lastActivity(b) ? 1 : lastActivity(a) > lastActivity(b) ? -1 : 0
    )
  );
  const unread = createMemo(() => all().reduce((sum, room) => sum + unreadIn(room), 0));

  const reactionsOf: typeof sync.reactionsOf = (message) => {
    reactions(); // what I wish for, which no message knows
    return sync.reactionsOf(message);
  };

  return { ...sync, reactionsOf, all, unread, isListed, get: (roomId: string) => known().get(roomId) };
}

import type { RoomState } from "./RoomState.ts";
import type { MessagesPage, SyncApi } from "./SyncApi.ts";

/** Messages next to each other, with what lies around them, as of a rev. */
export interface Window extends Pick<RoomState, "hasOlder" | "hasNewer"> {
  messages: MessagesPage["messages"];
  rev: number;
}

/** Read a room's newest messages, or a page of those before and one of those after `place`: one request either way. */
export async function readWindow(
  { api, roomId, pageSize }: { api: Pick<SyncApi, "listMessages">; roomId: string; pageSize: number },
  place: number | null,
): Promise<Window> {
  if (!place) {
    const { messages, rev, hasMore } = await api.listMessages(roomId, { limit: pageSize });
    return { messages, rev, hasOlder: hasMore, hasNewer: false };
  }
  const after = Math.max(0, place - pageSize);
  const { messages, rev, hasMore } = await api.listMessages(roomId, { after, limit: 2 * pageSize });
  return { messages, rev, hasOlder: after > 0, hasNewer: hasMore };
}

import type { Change, Participant } from "../../../functions/chat/model.ts";
import type { RoomState } from "./RoomState.ts";
import type { MessagesPage, SyncApi } from "./SyncApi.ts";

/** Messages in one page of history. */
export const pageSize = 50;

/** Messages next to each other, with what lies around them, as of a rev. */
export interface Window extends Pick<RoomState, "hasOlder" | "hasNewer"> {
  messages: MessagesPage["messages"];
  rev: number;
}

/** Reads one room in pieces of several requests, or of one that is cut to measure. Throws `RequestFailed`. */
export function makeReader({ api, roomId }: { api: SyncApi; roomId: string }) {
  return {
    /** The newest messages, or a page of those before and one of those after `place`: one request either way. */
    async window(place: number | null): Promise<Window> {
      if (place) {
        const after = Math.max(0, place - pageSize);
        const { messages, rev, hasMore } = await api.listMessages(roomId, { after, limit: 2 * pageSize });
        if (messages.length > 0) return { messages, rev, hasOlder: after > 0, hasNewer: hasMore };
      } // a place that is none, as an address may name it, is where the newest are
      const { messages, rev, hasMore } = await api.listMessages(roomId, { limit: pageSize });
      return { messages, rev, hasOlder: hasMore, hasNewer: false };
    },

    /** The page before or after a message. */
    page: (side: "older" | "newer", from: number) =>
      api.listMessages(roomId, { [side === "older" ? "before" : "after"]: from, limit: pageSize }),

    /** Everybody in the room, as of the oldest of the pages. */
    async members(): Promise<{ members: Participant[]; rev: number }> {
      const members: Participant[] = [];
      let rev = Infinity, cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<SyncApi["listParticipants"]>> = await api.listParticipants(
          roomId,
          cursor ?? undefined,
        );
        members.push(...page.participants);
        rev = Math.min(rev, page.rev);
        cursor = page.cursor;
      } while (cursor);
      return { members, rev };
    },

    /** All changes since a rev; null when they are more than `most` revs, or the room never had that rev. */
    async changes(since: number, most: number): Promise<{ changes: Change[]; rev: number } | null> {
      const changes: Change[] = [];
      for (let rev = since;;) {
        const page = await api.getChanges(roomId, rev);
        if (page.truncated || page.rev < rev || page.head - page.rev > most) return null;
        changes.push(...page.changes);
        if (!page.hasMore || page.rev === rev) return { changes, rev: page.rev };
        rev = page.rev;
      }
    },
  };
}

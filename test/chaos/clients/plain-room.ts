import type { Change, ChangeList, Message, Participant, Room } from "../../../functions/chat/model.ts";
import type { InferOutput } from "valibot";
import type { Ask } from "./ask.ts";
import type { Counts } from "./counts.ts";
import { PlainCopy } from "./plain-copy.ts";

interface PlainRoomParts {
  roomId: string;
  userId: string;
  ask: Ask;
  counts: Counts;
  isStopped(): boolean;
}

interface Page {
  messages: Message[];
  rev: number;
  hasMore: boolean;
}

/**
 * One room, kept by the client rule: an event is applied if it is the next one, else the changes are fetched. While
 * something is fetched, events are only noted by their rev.
 */
export function makePlainRoom({ roomId, userId, ask, counts, isStopped }: PlainRoomParts) {
  let copy: PlainCopy | null = null;
  /** The highest rev heard of, and the one at which the room was last found to be gone. */
  let wanted = 0, goneAt = 0;
  /** How far I have read, by whatever word; it may come before the room does. */
  let marker = 0;
  let isBusy = false, isDoubtful = false;

  const path = `/api/rooms/${roomId}`;
  const here = () => copy?.rev ?? goneAt;
  const read = async <T>(rest: string): Promise<T | null> => {
    const answer = await ask("GET", path + rest);
    return answer?.status === 200 ? answer.body as T : null;
  };

  function forget(rev: number) {
    goneAt = Math.max(goneAt, copy?.rev ?? 0, rev);
    copy = null;
    marker = 0;
  }

  /** Take everything: the room and its whole history, from the oldest page on. */
  async function load(): Promise<void> {
    const asked = wanted;
    const room = await read<Room & { participants: Participant[] }>("");
    if (!room) return forget(asked);
    const messages: Message[] = [];
    let oldest = room.rev;
    for (let after = 0, hasMore = true; hasMore; after = messages.at(-1)?.seq ?? 0) {
      const page = await read<Page>(`/messages?after=${after}&limit=100`);
      if (!page) return forget(asked);
      messages.push(...page.messages);
      oldest = Math.min(oldest, page.rev);
      wanted = Math.max(wanted, page.rev, room.rev);
      hasMore = page.hasMore;
    }
    copy = new PlainCopy(userId, room, messages, oldest);
    copy.mark(marker);
  }

  /** Take everything since `rev`, page by page. */
  async function catchUp(mine: PlainCopy): Promise<void> {
    counts.repairs++;
    const asked = wanted;
    for (let hasMore = true; hasMore;) {
      const page = await read<InferOutput<typeof ChangeList>>(`/changes?since=${mine.rev}&limit=100`);
      if (!page) return forget(asked);
      if (page.truncated) return await load();
      for (const change of page.changes) if (!mine.apply(change)) return await load();
      mine.rev = page.rev;
      hasMore = page.hasMore;
    }
  }

  async function work(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (!isStopped() && (isDoubtful || wanted > here())) {
      isDoubtful = false;
      await (copy ? catchUp(copy) : load());
    }
    isBusy = false;
  }

  function reach(rev: number) {
    wanted = Math.max(wanted, rev);
    void work();
  }

  return {
    copy: () => copy,
    hear(change: Change) {
      if (isBusy || !copy || change.rev > copy.rev + 1) return reach(change.rev);
      if (change.rev === copy.rev + 1 && !copy.apply(change)) forget(change.rev);
    },
    /** The room stands at this rev. */
    reach,
    /** Somebody doubts that the room is still mine. */
    doubt() {
      isDoubtful = true;
      void work();
    },
    mark(seq: number) {
      marker = Math.max(marker, seq);
      copy?.mark(seq);
    },
  };
}

export type PlainRoom = ReturnType<typeof makePlainRoom>;

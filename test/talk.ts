import { EventSourceParserStream } from "eventsource-parser/stream";
import getChanges from "../functions/chat/get-changes.ts";
import listMessages from "../functions/chat/list-messages.ts";
import type { Change, Message } from "../functions/chat/model.ts";
import sendMessage from "../functions/chat/send-message.ts";
import streamEvents from "../functions/chat/stream-events.ts";
import { keepsPart } from "./contract.ts";
import { aMessage, ask, type Person } from "./world.ts";

/** What tests of a conversation do all the time: say something, look at what is there, hear what happens. */

type Room = { id: string };

async function bodyOf<Body>(answer: Promise<Response>): Promise<Body> {
  const res = await answer;
  if (!res.ok) throw new Error(`Answered ${res.status}: ${await res.text()}`);
  return await res.json() as Body;
}

/** Send a message, and give it as it was stored. */
export const say = (as: Person, room: Room, content = "hello", more: { replyTo?: string } = {}): Promise<Message> =>
  bodyOf(ask(sendMessage, "POST", `/api/rooms/${room.id}/messages`, { as, body: { ...aMessage(content), ...more } }));

/** The path of a message. */
export const at = ({ roomId, id }: Message): string => `/api/rooms/${roomId}/messages/${id}`;

/** A room's newest messages, in the order of seq. */
export const historyOf = async (as: Person, room: Room): Promise<Message[]> =>
  (await bodyOf<{ messages: Message[] }>(ask(listMessages, "GET", `/api/rooms/${room.id}/messages?limit=100`, { as })))
    .messages;

/** Everything that changed in a room after a rev, all pages of it. */
export async function changesSince(as: Person, room: Room, since: number, limit = 100): Promise<Change[]> {
  const all: Change[] = [];
  for (let rev = since, hasMore = true; hasMore;) {
    const path = `/api/rooms/${room.id}/changes?since=${rev}&limit=${limit}`;
    const page = await bodyOf<{ changes: Change[]; rev: number; hasMore: boolean }>(
      ask(getChanges, "GET", path, { as }),
    );
    all.push(...page.changes);
    ({ rev, hasMore } = page);
  }
  return all;
}

export interface Heard {
  event: string;
  // deno-lint-ignore no-explicit-any -- whatever the wire says
  data: any;
}

export interface Ear {
  /** The next event, or the next one of this name; heartbeats are passed over unless asked for. */
  next(event?: string): Promise<Heard>;
  /** Resolves when the stream has ended. */
  ended(): Promise<void>;
  /** Stop listening. */
  close(): void;
}

/** Open somebody's stream. */
export async function listen(as: Person): Promise<Ear> {
  const res = await ask(streamEvents, "GET", "/api/events", { as });
  if (res.status !== 200) throw new Error(`Cannot listen: ${res.status} ${await res.text()}`);
  const stop = new AbortController();
  const decoded = res.body!.pipeThrough(new TextDecoderStream() as never, { signal: stop.signal });
  const reader = (decoded as ReadableStream<string>).pipeThrough(new EventSourceParserStream()).getReader();

  async function next(event?: string): Promise<Heard> {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error("The stream ended");
      const heard = { event: value.event ?? "message", data: JSON.parse(value.data) };
      keepsPart("stream-events", heard.data);
      if (event ? heard.event === event : heard.event !== "heartbeat") return heard;
    }
  }

  return {
    next,
    ended: async () => {
      while (!(await reader.read()).done);
    },
    close: () => stop.abort(),
  };
}

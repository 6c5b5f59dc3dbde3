import { createParser } from "eventsource-parser";
import type { ChatEvent, Heartbeat, Hello } from "../../../functions/chat/model.ts";
import type { Person } from "../person.ts";

type StreamEvent = Hello | Heartbeat | ChatEvent;
type Type = StreamEvent["type"];
type Of<T extends Type, Event = StreamEvent> = Event extends { type: infer Types } ? T extends Types ? Event : never
  : never;

/** Hear a person's stream of events, from now on. */
export async function listen(person: Person) {
  const over = new AbortController();
  const heard: StreamEvent[] = [];
  const waiting = new Set<() => void>();
  let end = "";

  const parser = createParser({
    onEvent: ({ data }) => {
      heard.push(JSON.parse(data));
      for (const look of waiting) look();
    },
  });
  const response = await person.open(over.signal);
  void (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of response.body!) parser.feed(decoder.decode(bytes, { stream: true }));
      end = "the stream ended";
    } catch (error) {
      end = `the stream broke: ${(error as Error).message}`;
    }
    for (const look of waiting) look();
  })();

  return {
    contentType: response.headers.get("content-type"),
    /** The first event of a type that is as wished, heard before or within `ms`. */
    until<T extends Type>(type: T, isIt: (event: Of<T>) => boolean, ms: number): Promise<Of<T>> {
      return new Promise((found, missed) => {
        const done = (then: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          then();
        };
        const look = () => {
          const event = heard.find((one) => one.type === type && isIt(one as Of<T>));
          if (event) done(() => found(event as Of<T>));
          else if (end) done(() => missed(new Error(`no ${type}: ${end}`)));
        };
        const timer = setTimeout(
          () => done(() => missed(new Error(`no ${type} within ${ms / 1000} s, of ${heard.length} events`))),
          ms,
        );
        waiting.add(look);
        look();
      });
    },
    stop: () => over.abort(),
  };
}

export type Stream = Awaited<ReturnType<typeof listen>>;

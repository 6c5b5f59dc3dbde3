import { stopping } from "../lib/lifecycle.ts";
import { type Sink, sink } from "./sink.ts";
import type { Kind, Upstream } from "./contract.ts";

/** A comment line this often finds out clients that are gone. */
const heartbeatMs = 10_000;

interface Topic {
  sinks: Set<Sink>;
  unsubscribe: Promise<() => void>;
}

/** One event. A payload with line breaks becomes several `data:` lines, which is how SSE spells them. */
const event = (...parts: (string | number)[]) => `data: ${parts.join(",").replace(/\r\n?|\n/g, "\ndata: ")}\n\n`;

/**
 * Channels as streams of server-sent events in Upstash's words. However many streams a channel has, it is subscribed to
 * once, and each message is encoded once; with its last stream the subscription goes too.
 */
export function fanout(upstream: Upstream) {
  const topics = new Map<string, Topic>();

  function join(kind: Kind, name: string): Topic {
    const key = `${kind} ${name}`;
    const known = topics.get(key);
    if (known) return known;

    const sinks = new Set<Sink>();
    const forget = () => {
      if (topics.get(key) === topic) topics.delete(key);
    };
    const unsubscribe = upstream.subscribe(kind, name, {
      message(payload, channel) {
        const words = kind === "subscribe" ? ["message", channel] : ["pmessage", name, channel];
        const bytes = new TextEncoder().encode(event(...words, payload));
        for (const each of sinks) each.write(bytes);
      },
      lost() {
        forget();
        for (const each of sinks) each.end();
      },
    });
    const topic: Topic = { sinks, unsubscribe };
    topics.set(key, topic);
    unsubscribe.catch(forget);
    return topic;
  }

  /**
   * Listen to a channel or a pattern: the stream begins with the acknowledgement and ends when Redis is lost or the
   * process stops. Throws `UpstreamError` when Redis is away.
   */
  return async function listen(kind: Kind, name: string): Promise<ReadableStream<Uint8Array>> {
    const topic = join(kind, name);

    const out = sink(() => {
      clearInterval(heartbeat);
      stopping.removeEventListener("abort", out.end);
      topic.sinks.delete(out);
      if (topic.sinks.size > 0) return;
      if (topics.get(`${kind} ${name}`) === topic) topics.delete(`${kind} ${name}`);
      topic.unsubscribe.then((unsubscribe) => unsubscribe(), () => {});
    });
    const heartbeat = setInterval(() => out.write(new TextEncoder().encode(": still here\n\n")), heartbeatMs);
    topic.sinks.add(out);
    stopping.addEventListener("abort", out.end);
    out.write(new TextEncoder().encode(event(kind, name, 1)));
    if (stopping.aborted) out.end();

    try {
      await topic.unsubscribe;
    } catch (error) {
      out.end();
      throw error;
    }
    return out.stream;
  };
}

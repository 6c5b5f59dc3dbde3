import { batch, createSignal, onCleanup } from "solid-js";
import { makeStream, type StreamParts } from "./makeStream.ts";

/** The stream for as long as its owner lives, and whether it flows. */
export function createStream(parts: Omit<StreamParts, "onLive">) {
  const [isLive, setLive] = createSignal(false);
  const stream = makeStream({ ...parts, hear: (event) => batch(() => parts.hear(event)), onLive: setLive });
  onCleanup(stream.stop);
  stream.start();
  return { isLive, wake: stream.wake };
}

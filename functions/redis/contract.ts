/** One argument of a command: text, or bytes that travel untouched. */
export type Argument = string | Uint8Array;

/** A command as Redis takes it: its name, then its arguments. */
export type Command = [name: string, ...Argument[]];

/** A raw RESP2 reply: status and integer replies as they are, bulk strings as text or bytes, errors inside arrays. */
export type Reply = string | number | null | Uint8Array | Error | Reply[];

/** Redis understood and said no, or the caller sent what is no command: the message is Redis' own, code word first. */
export class CommandError extends Error {
  override name = "CommandError";
}

/** Redis cannot be reached, or does not answer. What was sent may or may not have happened. */
export class UpstreamError extends Error {
  override name = "UpstreamError";
}

/** What is listened to: one channel by its name, or all channels that match a pattern. */
export type Kind = "subscribe" | "psubscribe";

/** A subscription as seen from the one who holds it. After `lost` nothing more comes: subscribe again. */
export interface Listener {
  message(payload: string, channel: string): void;
  lost(): void;
}

/** The Redis behind the gateway: a real one over the network, or one in memory. */
export interface Upstream {
  /** Run one command. Throws `CommandError`, or `UpstreamError` within a second. Calls made in order run in order. */
  command(command: Command): Promise<Reply>;

  /** Run commands as one transaction; the failure of one stands in its place. Throws when none of them ran. */
  multi(commands: Command[]): Promise<Reply[]>;

  /** Listen until the returned function is called or the connection is lost. Throws `UpstreamError`. */
  subscribe(kind: Kind, name: string, listener: Listener): Promise<() => void>;

  /** Let go of every connection; listeners are told that they lost theirs. */
  close(): Promise<void>;
}

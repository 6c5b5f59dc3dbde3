import { createHash } from "node:crypto";
import RedisMock from "ioredis-mock";
import { type Command, CommandError, type Reply, type Upstream } from "./contract.ts";
import { checkArguments, isKnown, writtenKeys } from "./memory-commands.ts";

/** A string key that changed: its new value, `null` when it is gone, and when it ends (milliseconds since 1970). */
export interface Change {
  key: string;
  value: string | null;
  expiresAt: number | null;
}

/** A string key to begin with. */
export type Entry = Change & { value: string };

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

/** ioredis gives hashes as objects and Redis as flat arrays; what is missing is nil. */
function rawReply(reply: unknown): Reply {
  if (reply === undefined || reply === null) return null;
  if (Array.isArray(reply)) return reply.map(rawReply);
  if (typeof reply === "object" && !(reply instanceof Uint8Array)) return Object.entries(reply).flat().map(rawReply);
  return reply as Reply;
}

/** Errors of Redis begin with a code word. */
const redisError = ({ message }: Error) =>
  new CommandError(/^[A-Z]{3,} /.test(message) ? message : `ERR ${message.replaceAll("\n", " ")}`);

/**
 * A Redis inside this process, for machines that have none: strings, hashes, lists, sets, sorted sets, publishing,
 * transactions and Lua. `saved` is what it begins with; `onChange` hears of every change of a string key by a plain
 * command, before the caller gets its reply, but not by a script: rate limits need not survive.
 */
export function memoryUpstream(
  { saved = [], onChange = () => {} }: { saved?: Entry[]; onChange?: (change: Change) => void } = {},
): Upstream {
  const place = { host: crypto.randomUUID() }; // instances of one place share their keys and channels
  const data = new RedisMock(place);
  const scripts = new Map<string, string>();
  const mayExpire = new Set<string>();
  let commandsToSweep = 1_000;
  const closers = new Set<() => void>();
  const text = (argument: string | Uint8Array) =>
    typeof argument === "string" ? argument : new TextDecoder().decode(argument);

  const call = (name: string, ...args: string[]) =>
    (data as unknown as Record<string, (...args: string[]) => Promise<unknown>>)[name]!(...args);

  /** Lua by its text or by the hash of a text seen before. Redis' `#!lua` line is not Lua, and the mock trips over it. */
  function script(name: string, [given = "", ...args]: string[]): Promise<unknown> {
    if (name === "EVAL") scripts.set(sha1(given), given.replace(/^#!.*/, ""));
    const lua = scripts.get(name === "EVAL" ? sha1(given) : given.toLowerCase());
    if (lua === undefined) throw new CommandError("NOSCRIPT No matching script. Please use EVAL.");
    return call("eval", lua, ...args);
  }

  async function report(key: string): Promise<void> {
    const isString = await call("type", key) === "string";
    const expiresAt = Number(await call("pexpiretime", key));
    const value = isString ? await call("get", key) as string : null;
    onChange({ key, value, expiresAt: expiresAt > 0 ? expiresAt : null });
  }

  /** The mock forgets an expired key only when it is asked for it, so all that may expire are asked for now and then. */
  async function sweep(touched: string[]): Promise<void> {
    for (const key of touched) mayExpire.add(key);
    commandsToSweep -= 1;
    if (commandsToSweep > 0) return;
    for (const key of mayExpire) if (await call("exists", key) === 0) mayExpire.delete(key);
    commandsToSweep = Math.max(1_000, mayExpire.size);
  }

  async function run(command: Command): Promise<Reply> {
    const [name = "", ...given] = command.map(text);
    const upper = name.toUpperCase();
    try {
      if (upper === "EVAL" || upper === "EVALSHA") {
        await sweep(given.slice(2, 2 + Number(given[1])));
        return rawReply(await script(upper, given));
      }
      const written = writtenKeys(upper, given) ?? await call("keys", "*") as string[];
      const args = await checkArguments(upper, given, call);
      const reply = rawReply(await call(upper.toLowerCase(), ...args));
      for (const key of written) await report(key);
      await sweep(written);
      return reply;
    } catch (error) {
      throw error instanceof CommandError ? error : redisError(error as Error);
    }
  }

  // One at a time: Redis has one thread, and that is what makes its commands and transactions atomic.
  let tail: Promise<unknown> = Promise.all(
    saved.map(({ key, value, expiresAt }) =>
      expiresAt === null ? call("set", key, value) : call("set", key, value, "PXAT", String(expiresAt))
    ),
  );
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = tail.then(work);
    tail = mine.catch(() => {});
    return mine;
  }

  return {
    command: (command) => inTurn(() => run(command)),

    multi: (commands) =>
      inTurn(async () => {
        if (!commands.every(([name]) => isKnown(name))) {
          throw new CommandError("EXECABORT Transaction discarded because of previous errors.");
        }
        const replies: Reply[] = [];
        for (const command of commands) replies.push(await run(command).catch((error: CommandError) => error));
        return replies;
      }),

    async subscribe(kind, name, listener) {
      const listening = new RedisMock(place);
      listening.on("message", (channel: string, payload: string) => listener.message(payload, channel));
      listening.on("pmessage", (_: string, channel: string, payload: string) => listener.message(payload, channel));
      await listening[kind](name);

      const leave = () => {
        closers.delete(close);
        void (kind === "subscribe" ? listening.unsubscribe(name) : listening.punsubscribe(name));
        listening.disconnect();
      };
      const close = () => {
        leave();
        listener.lost();
      };
      closers.add(close);
      return leave;
    },

    close() {
      for (const close of closers) close();
      data.disconnect();
      return Promise.resolve();
    },
  };
}

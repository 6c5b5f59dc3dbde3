import { Buffer } from "node:buffer";
import { ErrorReply } from "@redis/client";
import { connect, unreachable, within } from "./connection.ts";
import { type Command, CommandError, type Reply, type Upstream } from "./contract.ts";
import { realPubSub } from "./pubsub.ts";

export type { Upstream } from "./contract.ts";

/** After a failed attempt to connect, commands fail at once for 50 ms, then twice as long each time, at most 1 s. */
const backoffMs = (failures: number) => Math.min(50 * 2 ** failures, 1_000);

const raw = (command: Command) =>
  command.map((argument) => typeof argument === "string" ? argument : Buffer.from(argument));

const failure = (error: unknown) => error instanceof ErrorReply ? new CommandError(error.message) : unreachable(error);

/**
 * A Redis or Valkey at `redis://…` or `rediss://…`: one connection for commands, one for subscriptions, both opened on
 * first use and again after a loss. While Redis is away commands fail within a second and nothing queues up.
 */
export function realUpstream(url: string): Upstream {
  const pubSub = realPubSub(url);
  let current: ReturnType<typeof open> | undefined;
  let away = { failures: 0, until: 0, error: new Error("closed") };

  function open() {
    const { client, connected } = connect(url, lose);
    const connection = { client, connected, lose };
    let wasReady = false;
    connected.then(() => {
      wasReady = true;
      away.failures = 0;
    }, () => {});

    function lose(error: Error) {
      if (current !== connection) return;
      current = undefined;
      client.destroy();
      if (!wasReady) away = { failures: away.failures + 1, until: Date.now() + backoffMs(away.failures), error };
    }
    return connection;
  }

  /** Send commands in one turn of the event loop, so that nobody else's come between. */
  async function send(commands: Command[]) {
    if (!current && Date.now() < away.until) throw unreachable(away.error);
    const { client, connected, lose } = current ??= open();
    const replies = connected.then(() =>
      Promise.allSettled(commands.map((command) => client.sendCommand<Reply>(raw(command))))
    );
    // Redis answers in order: when one reply is missing, all later ones are too, so the connection is given up.
    const last = (await within(replies, lose).catch((error) => Promise.reject(failure(error)))).at(-1)!;
    if (last.status === "rejected") throw failure(last.reason);
    return last.value;
  }

  return {
    command: (command) => send([command]),

    // What Redis refuses to queue makes EXEC fail, and so does a lost connection: EXEC alone tells how it went.
    multi: async (commands) => await send([["MULTI"], ...commands, ["EXEC"]]) as Reply[],

    subscribe: pubSub.subscribe,

    close() {
      pubSub.close();
      current?.lose(new Error("closed"));
      return Promise.resolve();
    },
  };
}

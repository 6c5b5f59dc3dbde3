import { connect, unreachable, within } from "./connection.ts";
import type { Listener, Upstream } from "./contract.ts";

/** How often the connection is asked whether it still lives: a cut cable says nothing by itself. */
const pingEveryMs = 5_000;

/**
 * Subscriptions over one connection, opened by the first of them. It never reconnects in silence: messages in between
 * would be missing and nobody would know. When it is lost every listener is told, and the next one opens a new one.
 */
export function realPubSub(url: string): Pick<Upstream, "subscribe"> & { close(): void } {
  let current: ReturnType<typeof open> | undefined;

  function open() {
    const { client, connected } = connect(url, lose);
    const listeners = new Set<Listener>();
    const connection = { client, connected, listeners, lose };
    const pings = setInterval(() => {
      if (client.isReady) within(client.ping(), lose).catch(lose);
    }, pingEveryMs);

    function lose() {
      if (current !== connection) return;
      current = undefined;
      clearInterval(pings);
      client.destroy();
      for (const listener of listeners) listener.lost();
      listeners.clear();
    }
    return connection;
  }

  return {
    async subscribe(kind, name, listener) {
      const { client, connected, listeners, lose } = current ??= open();
      const message: Listener["message"] = (payload, channel) => listener.message(payload, channel);
      const [join, leave] = kind === "subscribe"
        ? [() => client.subscribe(name, message), () => client.unsubscribe(name, message)]
        : [() => client.pSubscribe(name, message), () => client.pUnsubscribe(name, message)];
      listeners.add(listener);
      try {
        await within(connected.then(join), lose);
      } catch (error) {
        listeners.delete(listener);
        throw unreachable(error);
      }

      return () => {
        if (listeners.delete(listener)) leave().catch(() => {}); // refused: the connection died, and it with it
      };
    },

    close: () => current?.lose(),
  };
}

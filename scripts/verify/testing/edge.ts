import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What is wrong with an edge; each may be left out. */
export interface Faults {
  /** Answers with this status and nothing else. */
  refuse?: (asked: { method: string; url: string }) => number | undefined;
  /** Changes the headers of an answer. */
  headers?: (headers: IncomingHttpHeaders, asked: { url: string; host: string }) => void;
  /** Whether an event of a stream is lost. */
  loses?: (event: string) => boolean;
}

/** Whole events of a stream, as they become whole, without those that are lost. */
function sieve(loses: (event: string) => boolean, pass: (events: string) => void) {
  let rest = "";
  return (text: string) => {
    const events = (rest + text).split("\n\n");
    rest = events.pop()!;
    for (const event of events) if (!loses(event)) pass(`${event}\n\n`);
  };
}

/** An edge in front of a Parley on this machine, which can be broken on purpose. */
export async function testEdge(port: number) {
  let faults: Faults = {};

  function forward(asked: IncomingMessage, answer: ServerResponse) {
    const { method = "GET", url = "/", headers } = asked;
    const refused = faults.refuse?.({ method, url });
    if (refused) return void answer.writeHead(refused).end();
    const inner = request({ host: "127.0.0.1", port, method, path: url, headers }, (response) => {
      faults.headers?.(response.headers, { url, host: headers.host ?? "" });
      answer.writeHead(response.statusCode!, response.headers);
      const isStream = response.headers["content-type"]?.startsWith("text/event-stream");
      if (!isStream || !faults.loses) return void response.pipe(answer);
      response.setEncoding("utf8").on("data", sieve(faults.loses, (events) => answer.write(events)));
      response.on("end", () => answer.end()).on("error", () => answer.destroy());
    });
    inner.on("error", () => answer.destroy());
    answer.on("close", () => inner.destroy());
    asked.pipe(inner);
  }

  const server = createServer(forward);
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    break: (how: Faults) => void (faults = how),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

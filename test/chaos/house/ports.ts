import { isTaken } from "../../../scripts/start/ports.ts";

/** Below where systems take the ports of outgoing connections from: nobody gets ours while its server is down. */
const [lowest, highest] = [20_000, 32_000];

/** Ports of the loopback interface that stay ours, one at a time: each was free a moment ago. */
export function makePorts() {
  let last = lowest + Math.floor(Math.random() * (highest - lowest) / 2);

  return async function next(): Promise<number> {
    while (++last < highest) if (!await isTaken(last, "127.0.0.1")) return last;
    throw new Error("Cannot find a free port");
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import { signal } from "../../../scripts/start/processes.ts";
import type { Device } from "../clients/device.ts";
import type { House } from "../house/house.ts";
import type { Part } from "../house/part.ts";
import type { Passages } from "../house/passages.ts";
import type { Random } from "../random.ts";
import type { Fault, FaultKind } from "./plan.ts";

interface DeedParts {
  house: House;
  devices: readonly Device[];
  random: Random;
}

type Deed = (fault: Fault) => Promise<unknown>;

/** The share of streams and subscriptions that one fault hits. */
const share = 0.4;

/** How each fault is done and undone: resolves when everything is as it was. */
export function makeDeeds({ house, devices, random }: DeedParts): Record<FaultKind, Deed> {
  const { postgres, redis, gateway, functions, streams, publishes, router } = house;
  const oneOf = <T>(from: readonly T[], { target }: Fault): T => from[Math.floor(target * from.length)]!;

  const kill = (part: Part, { lastsMs }: Fault) =>
    part.alone(async () => {
      await part.kill();
      await sleep(lastsMs);
      await part.start();
    });
  const pause = (part: Part, { lastsMs }: Fault) =>
    part.alone(async () => {
      await part.signal("SIGSTOP");
      await sleep(lastsMs);
      await part.signal("SIGCONT");
    });
  const replace = (part: Part, { lastsMs }: Fault) =>
    part.alone(async () => {
      await part.stop();
      await sleep(lastsMs);
      await part.start();
    });
  const killBackend = (fault: Fault) =>
    postgres.alone(() => {
      const backends = postgres.backends();
      if (backends.length > 0) signal(oneOf(backends, fault), "SIGKILL");
      return Promise.resolve();
    });
  /** One kind of mischief at a time grows and ends with its fault; two at once add up. */
  async function during<M extends object>(mischief: M, more: Partial<Record<keyof M, number>>, { lastsMs }: Fault) {
    const add = (sign: 1 | -1) => {
      const now = mischief as Record<string, number>;
      for (const [name, amount] of Object.entries<number>(more as Record<string, number>)) now[name]! += sign * amount;
    };
    add(1);
    await sleep(lastsMs);
    add(-1);
  }
  const cut = (passages: Passages) => passages.some(random, share).forEach((passage) => passage.cut());
  const deafen = (passages: Passages) => passages.some(random, share).forEach((passage) => passage.deafen());
  async function hold(passages: Passages, { lastsMs }: Fault) {
    const held = passages.some(random, share);
    for (const passage of held) passage.hold();
    await sleep(lastsMs);
    for (const passage of held) passage.release();
  }

  return {
    "postgres killed": (fault) => kill(postgres, fault),
    "postgres backend killed": killBackend,
    "postgres paused": (fault) => pause(postgres, fault),
    "redis killed": (fault) => kill(redis!, fault),
    "redis paused": (fault) => pause(redis!, fault),
    "gateway killed": (fault) => kill(gateway, fault),
    "gateway paused": (fault) => pause(gateway, fault),
    "function killed": (fault) => kill(oneOf(functions, fault), fault),
    "function paused": (fault) => pause(oneOf(functions, fault), fault),
    "function replaced": (fault) => replace(oneOf(functions, fault), fault),
    "streams killed": (fault) => kill(oneOf(streams, fault), fault),
    "streams paused": (fault) => pause(oneOf(streams, fault), fault),
    "streams replaced": (fault) => replace(oneOf(streams, fault), fault),
    "publishes dropped": (fault) => during(publishes.mischief, { dropped: 0.5 }, fault),
    "publishes duplicated": (fault) => during(publishes.mischief, { duplicated: 0.5 }, fault),
    "publishes delayed": (fault) => during(publishes.mischief, { delayed: 0.5, delayMs: 1_500 }, fault),
    "subscriptions cut": async () => await cut(publishes.subscriptions),
    "subscriptions deaf": async () => await deafen(publishes.subscriptions),
    "answers lost": (fault) => during(router.mischief, { answersLost: 0.4 }, fault),
    "sends repeated": (fault) => during(router.mischief, { sendsRepeated: 0.5 }, fault),
    "client streams cut": async () => await cut(router.streams),
    "client streams held": (fault) => hold(router.streams, fault),
    "client streams deaf": async () => await deafen(router.streams),
    "client restarted": async (fault) => await oneOf(devices, fault).restart(),
  };
}

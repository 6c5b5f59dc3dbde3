import { makeAsk } from "./clients/ask.ts";
import type { Counts } from "./clients/counts.ts";
import type { Device } from "./clients/device.ts";
import { makeDevice } from "./clients/make-device.ts";
import type { History } from "./history.ts";
import type { House } from "./house/house.ts";
import { makePeople, makeRoom, type Person, type Place } from "./house/people.ts";
import { makeRandom, seedOf } from "./random.ts";

/** Longer than any run waits for its end, in seconds. */
const reserveSeconds = 600;

interface CrowdParts {
  house: House;
  history: History;
  counts: Counts;
  seed: number;
  clients: number;
  seconds: number;
  /** Aborts when nobody wants an answer any more. */
  over: AbortSignal;
}

export interface Crowd {
  devices: Device[];
  places: Place[];
}

/** The people of each room, its owner first: everybody in the first one, about half of them in each other. */
function circles(people: readonly Person[], seed: number): Person[][] {
  const random = makeRandom(seedOf(seed, 3));
  const count = Math.max(3, Math.round(people.length / 3));
  return Array.from({ length: count }, (_, at) => {
    const [owner, ...others] = random.shuffled(people) as [Person, ...Person[]];
    return [owner, ...at === 0 ? others : others.slice(0, Math.max(1, Math.floor(others.length / 2)))];
  });
}

/**
 * People with accounts, in rooms, with clients: one person in three has two, one of each program, so that half or so of
 * all clients are the real one.
 */
export async function makeCrowd({ house, history, counts, seed, clients, seconds, over }: CrowdParts): Promise<Crowd> {
  const people = await makePeople(house, Math.ceil(clients * 3 / 4), seconds + reserveSeconds);
  const places: Place[] = [];
  for (const circle of circles(people, seed)) places.push(await makeRoom(house, circle));

  const { fetch } = house.router;
  const devices = Array.from({ length: clients }, (_, at) => {
    const person = people[at % people.length]!;
    const isSecond = at >= people.length;
    const kind = (at % people.length) % 2 === (isSecond ? 1 : 0) ? "web" : "plain";
    const random = makeRandom(seedOf(seed, 100 + at));
    const ask = makeAsk({ fetch, token: person.token, random, counts, over });
    return makeDevice({ name: `${kind}-${at}`, person, fetch, ask, history, random, counts }, kind);
  });
  return { devices, places };
}

import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { check } from "./check/check.ts";
import type { Violation } from "./check/record.ts";
import { type Counts, noCounts } from "./clients/counts.ts";
import { talk } from "./clients/talk.ts";
import { converge } from "./converge.ts";
import { makeCrowd } from "./crowd.ts";
import { type History, makeHistory } from "./history.ts";
import type { House } from "./house/house.ts";
import { makeDeeds } from "./nemesis/deeds.ts";
import { type Survived, unleash } from "./nemesis/nemesis.ts";
import { type FaultKind, faultKinds, planFaults } from "./nemesis/plan.ts";
import type { Options } from "./options.ts";
import { makeRandom, seedOf } from "./random.ts";
import { readDatabase } from "./truth.ts";

/** What happened in a run, and what went wrong. */
export interface Outcome {
  rooms: number;
  people: number;
  counts: Counts;
  history: History["operations"];
  survived: Survived;
  /** How long it took after the last fault until everything was equal, in seconds. */
  convergedSeconds: number;
  violations: Violation[];
}

/** What may go wrong in this house: without a Redis process, nothing happens to it. */
const possible = ({ redis }: House) =>
  (Object.keys(faultKinds) as FaultKind[]).filter((kind) => redis || !kind.startsWith("redis"));

/** Let clients talk in the house while parts of it fail; then wait until all is quiet, and check everything. */
export async function run(house: House, { seconds, clients, seed }: Options): Promise<Outcome> {
  const history = makeHistory(), counts = noCounts(), over = new AbortController();
  const crowd = await makeCrowd({ house, history, counts, seed, clients, seconds, over: over.signal });
  const { devices, places } = crowd;
  const random = makeRandom(seedOf(seed, 4));
  const plan = planFaults(random, seconds, possible(house));
  for (const device of devices) device.start();

  const endsAt = performance.now() + seconds * 1_000;
  const isOver = () => performance.now() >= endsAt;
  const talks = devices.map((device, at) =>
    talk({ device, places, random: makeRandom(seedOf(seed, 1_000 + at)), isOver })
  );
  const [survived] = await Promise.all([
    unleash(plan, makeDeeds({ house, devices, random }), over.signal),
    sleep(seconds * 1_000),
  ]);

  const healedAt = performance.now();
  const sql = postgres(house.chatUrl, { max: 1, transform: { ...postgres.camel } }) as unknown as Sql;
  try {
    await Promise.race([Promise.all(talks), sleep(30_000)]);
    const late = await converge(sql, devices);
    const convergedSeconds = (performance.now() - healedAt) / 1_000;
    const views = await Promise.all(devices.map((device) => device.view()));
    const evidence = { history: history.operations, database: await readDatabase(sql), views };
    return {
      rooms: places.length,
      people: new Set(devices.map(({ person }) => person.id)).size,
      counts,
      history: history.operations,
      survived,
      convergedSeconds,
      violations: [...late, ...check(evidence)],
    };
  } finally {
    over.abort();
    for (const device of devices) device.stop();
    await sql.end();
  }
}

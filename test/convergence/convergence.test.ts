import fc from "fast-check";
import process from "node:process";
import { expect, test } from "vitest";
import { settled } from "../../functions/lib/lifecycle.ts";
import { applyChange, type RoomState } from "../../web/src/sync/RoomState.ts";
import { changesSince } from "../talk.ts";
import { type Person, users } from "../world.ts";
import { aSequence, aWorld, type Operation, perform, type World } from "./operations.ts";
import { essence, fetchRoom, observe } from "./room-view.ts";

/**
 * After Zulip's verify_action: whatever several people do, also at once, (state fetched before) + (events received) =
 * (state fetched after), and for every rev r, (state at r) + get-changes(since r) = (state now).
 */

const sequences = Number(process.env["SEQUENCES"] ?? 150);
const seed = process.env["SEED"] === undefined ? undefined : Number(process.env["SEED"]);

/** What all sequences together came to. */
const total = { operations: 0, events: 0, revs: 0 };

interface Snapshot {
  as: Person;
  state: RoomState;
}

/** Do the steps; after each, somebody keeps what the room is for them then. */
async function run(steps: Operation[][], world: World): Promise<Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for (const [i, operations] of steps.entries()) {
    const as = world.people[i % 3]!;
    const state = await fetchRoom(as, world.room);
    if (state) snapshots.push({ as, state });
    await Promise.all(operations.map((operation) => perform(operation, world)));
    total.operations += operations.length;
  }
  await settled(); // all of it is published
  return snapshots;
}

async function changesLead({ as, state }: Snapshot, now: RoomState, limit: number): Promise<void> {
  const changes = await changesSince(as, now, state.rev, limit);
  const caughtUp = changes.reduce<RoomState | null>((room, change) => room && applyChange(room, change, as.id), state);
  expect(essence(caughtUp && { ...caughtUp, rev: now.rev }, { withMarker: false }))
    .toEqual(essence(now, { withMarker: false }));
}

test("what people hear, and what they ask for later, is what happened", async () => {
  const property = fc.asyncProperty(aSequence, async ({ isPublic, steps }) => {
    const people = await users(4);
    const world = await aWorld(people, isPublic);
    const observers = await Promise.all(people.map((person) => observe(person, world.room)));

    try {
      const snapshots = await run(steps, world);

      const now = new Map<Person, RoomState | null>();
      for (const { as, follow } of observers) {
        const fetched = await fetchRoom(as, world.room);
        const isThere = (copy: RoomState | null) =>
          fetched ? copy?.rev === fetched.rev && copy.lastReadSeq === fetched.lastReadSeq : copy === null;
        expect(essence(await follow(isThere), { withMarker: true })).toEqual(essence(fetched, { withMarker: true }));
        now.set(as, fetched);
      }
      for (const [i, snapshot] of snapshots.entries()) {
        const state = now.get(snapshot.as);
        if (!state) continue;
        await changesLead(snapshot, state, 1 + i % 4);
        total.revs++;
      }
    } finally {
      for (const observer of observers) {
        total.events += observer.count();
        observer.close();
      }
    }
  });

  await fc.assert(property, { numRuns: sequences, ...(seed !== undefined && { seed }) });

  const { operations, events, revs } = total;
  console.log(`${sequences} sequences: ${operations} operations, ${events} events heard, ${revs} states caught up`);
}, 600_000);

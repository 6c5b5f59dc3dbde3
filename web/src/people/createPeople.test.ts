import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import type { User } from "../../../functions/user/model.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { ada, me } from "../testing/people.ts";
import { makeTestClock } from "../time/makeTestClock.ts";
import { createPeople } from "./createPeople.ts";

/** People in front of a server that knows `known`; `asked` holds the ids of each request. */
function somePeople(known: readonly User[] = [ada]) {
  const clock = makeTestClock();
  const asked: (readonly string[])[] = [];
  const server = { known, isDown: false };
  const [own] = createSignal(me);
  const people = createRoot(() =>
    createPeople({
      clock,
      me: own,
      nicknameOf: () => null,
      api: {
        usersByIds(ids) {
          asked.push(ids);
          if (server.isDown) return Promise.reject(new RequestFailed(503));
          return Promise.resolve({ users: server.known.filter(({ id }) => ids.includes(id)) });
        },
      },
    })
  );
  return { people, clock, asked, server };
}

test("names wanted at once are asked for in requests of at most a hundred, each once", async () => {
  const { people, clock, asked } = somePeople();

  for (let i = 0; i < 230; i++) people.nameOf(`person-${i % 120}`);
  await clock.advance(100);

  expect(asked.map(({ length }) => length)).toEqual([100, 20]);
});

test("somebody who does not exist is asked for once and called so", async () => {
  const { people, clock, asked } = somePeople([]);

  const before = people.nameOf(ada.id);
  await clock.advance(100);
  const after = people.nameOf(ada.id);
  await clock.advance(100);

  expect([before, after]).toEqual(["…", "Someone who left"]);
  expect(asked).toHaveLength(1);
});

test("a changed profile is fetched again, a stranger's is not", async () => {
  const { people, clock, asked, server } = somePeople();
  people.nameOf(ada.id);
  await clock.advance(100);
  server.known = [{ ...ada, displayName: "Countess Lovelace" }];

  people.refresh(ada.id);
  people.refresh("nobody I know");
  await clock.advance(100);

  expect(people.nameOf(ada.id)).toBe("Countess Lovelace");
  expect(asked).toEqual([[ada.id], [ada.id]]);
});

test("a server that is down is asked again later", async () => {
  const { people, clock, server } = somePeople();
  server.isDown = true;

  people.nameOf(ada.id);
  await clock.advance(1_000);
  server.isDown = false;
  await clock.advance(10_000);

  expect(people.nameOf(ada.id)).toBe("Ada Lovelace");
});

test("I need no asking", async () => {
  const { people, clock, asked } = somePeople();

  const name = people.nameOf(me.id);
  await clock.advance(100);

  expect(name).toBe("Mary Somerville");
  expect(asked).toEqual([]);
});

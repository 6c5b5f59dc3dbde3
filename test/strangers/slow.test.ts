import { expect, test, vi } from "vitest";
import { maxBodyMs } from "../../functions/lib/validate.ts";
import { askedIn, inWords, operations, urlOf } from "./asking.ts";
import { aScene, stateOf } from "./scene.ts";
import { table } from "./table.ts";

/** Bodies that take their time. Only time is not real here: it passes when a test says so. */

/** Run `work` with the moment in hand at which a body's time is up. */
async function withTime<Result>(work: (isUp: AbortController) => Promise<Result>): Promise<Result> {
  const isUp = new AbortController();
  const real = AbortSignal.timeout.bind(AbortSignal);
  const timeout = vi.spyOn(AbortSignal, "timeout");
  timeout.mockImplementation((ms) => ms === maxBodyMs ? isUp.signal : real(ms));
  try {
    return await work(isUp);
  } finally {
    timeout.mockRestore();
  }
}

/** A body that says `text`, then calls `then` when more is asked for, and never ends. */
const halting = (text: string, then: () => void) =>
  new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
    pull: () => then(),
  }, { highWaterMark: 0 });

const taking = operations.filter(({ body }) => body !== undefined).map((operation) =>
  [operation.name, operation] as const
);

test.each(taking)("%s gives up on a body that stops coming: 408, nothing written", async (name, operation) => {
  const scene = await aScene();
  const { owner } = scene.people;
  const before = await stateOf(scene);
  const { body, ...asked } = askedIn(table[name][0], scene, owner);

  const answer = await withTime(async (isUp) => {
    const res = await operation.app.request(urlOf(operation, asked), {
      method: operation.method,
      headers: { authorization: `Bearer ${owner.token}`, "content-type": "application/json" },
      body: halting(JSON.stringify(body), () => isUp.abort()), // all of it, but for the word that this was all
      duplex: "half",
    } as RequestInit);
    return await inWords(res, operation);
  });

  expect(answer).toBe("408 body-too-slow");
  expect(await stateOf(scene)).toEqual(before);
});

test("a body that has come is not late any more, however long the rest takes", async () => {
  const [scene, [, operation]] = [await aScene(), taking.find(([name]) => name === "user/update-me")!];
  const { owner } = scene.people;

  const answer = await withTime(async (isUp) => {
    const asking = operation.app.request("/api/me", {
      method: "PATCH",
      headers: { authorization: `Bearer ${owner.token}`, "content-type": "application/json" },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"bio":"in time"}'));
          controller.close();
        },
      }),
      duplex: "half",
    } as RequestInit);
    const res = await asking;
    isUp.abort();
    return await inWords(res, operation);
  });

  expect(answer).toBe("200");
});

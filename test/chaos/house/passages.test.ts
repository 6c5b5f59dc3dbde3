import { expect, test } from "vitest";
import { makeRandom } from "../random.ts";
import { makePassages } from "./passages.ts";

/** A body that is written by hand and read through our hands, and the one passage that it is. */
function aBody() {
  const passages = makePassages();
  let source: ReadableStreamDefaultController<Uint8Array>;
  const body = passages.pass(new ReadableStream({ start: (controller) => void (source = controller) }));
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  const [passage] = passages.some(makeRandom(1), 1);
  const write = (text: string) => source.enqueue(new TextEncoder().encode(text));
  return { passages, passage: passage!, write, end: () => source.close(), read: () => reader.read() };
}

/** Whether something is there by now. */
const isThere = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), new Promise<false>((done) => setTimeout(done, 20, false))]);

test("a body passes as it is, and is forgotten when it ends", async () => {
  const { passages, write, end, read } = aBody();

  write("one");
  const first = await read();
  end();

  expect(first.value).toBe("one");
  expect((await read()).done).toBe(true);
  expect(passages.some(makeRandom(1), 1)).toEqual([]);
});

test("what is held comes when it is let go, in its order", async () => {
  const { passage, write, read } = aBody();

  passage.hold();
  write("one");
  write("two");
  const first = read();
  const wasThere = await isThere(first);
  passage.release();

  expect(wasThere).toBe(false);
  expect([(await first).value, (await read()).value]).toEqual(["one", "two"]);
});

test("one that is cut fails, and one that is deaf stays open and says nothing", async () => {
  const [lost, deaf] = [aBody(), aBody()];

  lost.passage.cut();
  deaf.passage.deafen();
  deaf.write("one");

  await expect(lost.read()).rejects.toThrow("The connection was cut");
  expect(await isThere(deaf.read())).toBe(false);
});

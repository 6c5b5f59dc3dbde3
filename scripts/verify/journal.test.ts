import { expect, test } from "vitest";
import { coldMsOf, makeJournal } from "./journal.ts";

test.each([
  ["app;dur=3.2, cold;dur=212.5", 212.5],
  ["cold;dur=7", 7],
  ["app;dur=3.2", null],
  [null, null],
])("of %s the process is %s ms old", (header, ms) => {
  expect(coldMsOf(header)).toBe(ms);
});

test("the first call stands alone; refusals and processes that just started are no warm samples", () => {
  const journal = makeJournal();
  const call = (ms: number, status = 200, coldMs: number | null = null) =>
    journal.add({ operation: "user/get-me", status, ms, coldMs });

  call(900, 401, 640);
  for (let ms = 1; ms <= 20; ms++) call(ms);
  call(0.1, 404);
  call(700, 200, 500);

  expect(journal.latencies()).toEqual([
    { operation: "user/get-me", firstMs: 900, coldMs: 640, medianMs: 10, p95Ms: 19, samples: 20 },
  ]);
});

import { expect, test } from "vitest";
import { askWith, having } from "./querying.ts";
import { aScene } from "./scene.ts";

/** Cursors that nobody was given. */

const cursor = (value: unknown) => btoa(encodeURIComponent(typeof value === "string" ? value : JSON.stringify(value)));
const [time, id] = ["2026-01-01T00:00:00.000000Z", crypto.randomUUID()];

/** Cursors of no list: whatever a list sorts by, its second part is an id. */
const forged: Record<string, string> = {
  "nothing": "",
  "no base64": "***",
  "base64 of no text": btoa("\xff\xfe"),
  "no JSON": cursor("hello"),
  "a number": cursor(1),
  "null": cursor(null),
  "text": cursor('"text"'),
  "an object": cursor({ 0: time, 1: id, length: 2 }),
  "an empty list": cursor([]),
  "one part": cursor([time]),
  "numbers": cursor([1, 2]),
  "nulls": cursor([null, null]),
  "lists": cursor([[time], [id]]),
  "objects": cursor([{ time }, { id }]),
  "the wrong way round": cursor([id, time]),
  "an id that is none": cursor([time, "1 or 1=1"]),
  "an id with NUL": cursor([time, `${id}\0`]),
  "SQL for an id": cursor([time, `${id}'::uuid); drop table rooms; --`]),
  "10 000 deep": cursor("[".repeat(10_000)).slice(0, 1_001),
  "1 MB": "A".repeat(1_000_000),
  "JSON without base64": JSON.stringify([time, id]),
  "a JWT": "eyJhbGciOiJub25lIn0.e30.",
  "lone surrogates": cursor(`["\\ud800","${id}"]`).slice(0, -4),
};

test.each(having("cursor"))("%s refuses a cursor that it did not give", async (_, operation) => {
  const scene = await aScene();

  for (const [what, value] of Object.entries(forged)) {
    expect.soft(await askWith(operation, scene, "cursor", value), what).toBe("400 invalid-request");
  }
});

const noTimes = [
  "",
  "now",
  "infinity",
  "2026-13-01T00:00:00.000000Z",
  "2026-02-30T00:00:00.000000Z",
  "2026-01-01T99:99:99.000000Z",
  "0000-01-01T00:00:00.000000Z",
  "2026-01-01T::::::::.000000Z",
  "2026-01-01",
  "2026-01-01T00:00:00Z",
  "2026-01-01T00:00:00.000000+00:00",
  "-infinity",
  "a\0b",
  "'; drop table rooms; --",
  "2026-01-01T00:00:00.000000Z'--",
];

test.each(having("cursor").filter(([name]) => name !== "user/list-contacts"))(
  "%s refuses a cursor whose time is none",
  async (_, operation) => {
    const scene = await aScene();

    for (const value of noTimes) {
      expect.soft(await askWith(operation, scene, "cursor", cursor([value, id])), value).toBe("400 invalid-request");
    }
    for (const value of [time, "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00.000000Z"]) {
      expect.soft(await askWith(operation, scene, "cursor", cursor([value, id])), value).toBe("200");
    }
  },
);

test("list-contacts goes on after any name, and none is SQL", async () => {
  const [scene, [, operation]] = [await aScene(), having("cursor").find(([name]) => name === "user/list-contacts")!];

  for (const name of ["", "'; drop table contacts; --", "\u202e", "\ud800", "x".repeat(300), "\\"]) {
    expect.soft(await askWith(operation, scene, "cursor", cursor(`[${JSON.stringify(name)},"${id}"]`)), name).toBe(
      "200",
    );
  }
  expect(await askWith(operation, scene, "cursor", cursor(["a\0", id]))).toBe("400 invalid-request");
});

import { expect, test } from "vitest";
import { excerptOf } from "./excerptOf.ts";

const marked = (text: string, query: string) =>
  excerptOf(text, query).map(({ text, isHit }) => isHit ? `[${text}]` : text).join("");

test.each([
  ["The kettle is on", "kettle", "The [kettle] is on"],
  ["Kettles and a kettle", "kett", "[Kettles] and a [kettle]"],
  ["Über alles: überall", "über", "[Über] alles: [überall]"],
  ["recap, not cap", "cap", "recap, not [cap]"],
  ["tea or coffee", '"tea" or -coffee', "[tea] or coffee"],
  ["a.b (c)", "(c) .*", "a.b ([c])"],
  ["nothing of it", "else", "nothing of it"],
  ["nothing of it", "-", "nothing of it"],
])("%j, looked through for %j, is marked %j", (text, query, expected) => {
  expect(marked(text, query)).toBe(expected);
});

test("a long text is shown around its first hit", () => {
  const text = `${"before ".repeat(100)}needle ${"after ".repeat(100)}`;

  const shown = marked(text, "needle");

  expect(shown).toMatch(/^…before (before )+\[needle\] after .*…$/);
  expect(shown.length).toBeLessThan(300);
});

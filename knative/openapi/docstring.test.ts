import { expect, test } from "vitest";
import { docstringAbove, firstSentence } from "./docstring.ts";

test("a docstring is the text right above, one line per paragraph", () => {
  const source = [
    "/** Another one. */",
    "const before = 1;",
    "/**",
    " * Say something: 201 with it,",
    " * for `good`.",
    " *",
    " * And more.",
    " */",
    "export default fn({})",
  ].join("\n");

  expect(docstringAbove(source, "export default fn(")).toBe("Say something: 201 with it, for `good`.\n\nAnd more.");
  expect(docstringAbove(source, "const before")).toBe("Another one.");
});

test("what stands elsewhere is nobody's docstring", () => {
  expect(docstringAbove("/** Of a. */\nconst a = 1;\nconst b = 2;", "const b")).toBeUndefined();
  expect(docstringAbove("const a = 1;", "const missing")).toBeUndefined();
});

test.each([
  ["One. Two.", "One.", "Two."],
  ["At most 1.5 s, e.g. now. Then `x` is null.", "At most 1.5 s, e.g. now.", "Then `x` is null."],
  ["Without an end", "Without an end", ""],
])("%j begins with a sentence", (text, first, rest) => {
  expect(firstSentence(text)).toEqual([first, rest]);
});

import { expect, test } from "vitest";
import { faults } from "../../../test/contract.ts";
import { document } from "../../generated.ts";
import { html, joined, prose } from "./html.ts";
import { page } from "./page.ts";
import { curl, sampleOf } from "./sample.ts";
import { shape, typeOf } from "./schema.ts";

const api = document();
const text = page(api);
const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));

test("every operation and every schema has its place, and every link of the page leads to one", () => {
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...text.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);

  for (const { operationId } of operations) expect(ids).toContain(operationId);
  for (const name of Object.keys(api.components.schemas)) expect(ids).toContain(`schema-${name}`);
  expect(links.filter((id) => !ids.has(id))).toEqual([]);
});

test("nothing on the page is what our CSP forbids", () => {
  expect(text).not.toMatch(/<script|<style|<base|<iframe| style=| on\w+="|javascript:/i);
  expect(text).not.toMatch(/(href|src)="https?:/);
});

test("what it shows of answers and bodies is what the document promises", () => {
  const { schemas } = api.components;
  for (const [name, schema] of Object.entries(schemas)) {
    expect(faults(schema, sampleOf(schema, schemas)), name).toBeUndefined();
  }
});

test("texts are escaped, lists are joined, and what is not there is nothing", () => {
  const made = html`<p title="${'"'}">${"<b>&"}${[html`<i>1</i>`, "<"]}${false}${undefined}</p>`;

  expect(made.html).toBe('<p title="&quot;">&lt;b&gt;&amp;<i>1</i>&lt;</p>');
  expect(joined([html`a`, html`b`], " or ").html).toBe("a or b");
  expect(prose("One `<code>`.\n\n**Two**.").html).toBe(
    "<p>One <code>&lt;code&gt;</code>.</p><p><strong>Two</strong>.</p>",
  );
});

test.each([
  [{ type: "integer", minimum: 1, maximum: 100 }, "whole number, 1 to 100"],
  [{ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, "whole number"],
  [{ type: "string", minLength: 0, maxLength: 80 }, "text, at most 80 characters"],
  [{ type: "string", format: "uuid" }, "UUID"],
  [{ type: "array", items: { type: "boolean" }, minItems: 1 }, "list of true or false, at least 1"],
  [{ anyOf: [{ const: "a" }, { type: "null" }] }, "<code>&quot;a&quot;</code> or <code>null</code>"],
  [{ $ref: "#/components/schemas/Room" }, '<a href="#schema-Room">Room</a>'],
])("%j is said in words", (schema, words) => {
  expect(typeOf(schema).html).toBe(words);
});

test("properties of an object without a name of its own stand in the same table", () => {
  const inner = { type: "object", properties: { b: { type: "boolean" } }, required: ["b"] };

  const made = shape({ type: "object", properties: { a: { type: "array", items: inner } } });

  expect([...made.html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, name]) => name)).toEqual(["a", "a.b"]);
});

test("the example is a line for a shell", () => {
  const path = "/api/rooms/{roomId}/messages/{messageId}";
  const operation = api.paths[path]!["patch"]!;

  expect(curl("PATCH", path, operation, api.components.schemas)).toBe(
    [
      'curl -X PATCH "$PARLEY/api/rooms/$ROOM_ID/messages/$MESSAGE_ID"',
      '-H "Authorization: Bearer $TOKEN"',
      `--json '{"content":"content"}'`,
    ].join(" \\\n  "),
  );
});

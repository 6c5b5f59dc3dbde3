import fc from "fast-check";
import type { Known } from "../contract.ts";
import { type Case, encoded, kinds } from "./request.ts";
import { valid } from "./schema.ts";

/** Requests that are right in all that the document says. Cursors are opaque, so nobody makes one. */
export function rightRequests({ path, operation }: Known): fc.Arbitrary<Case> {
  const parameters = (operation.parameters ?? []).filter(({ name }) => name !== "cursor");
  const written = parameters.map(({ name, required, schema }) => {
    const kind = kinds[name];
    const text = kind ? fc.constant(`$${kind}0$`) : valid(schema).map((value) => encoded([value].flat().join()));
    return required ? text : fc.option(text, { nil: undefined });
  });
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const body = schema ? valid(schema).map((value) => JSON.stringify(value)) : fc.constant(undefined);

  return fc.tuple(fc.tuple(...written), body).map(([values, body]) => {
    const given = parameters.flatMap(({ name, in: where }, i) =>
      values[i] === undefined ? [] : { name, where, value: values[i] }
    );
    const filled = given.filter(({ where }) => where === "path")
      .reduce((url, { name, value }) => url.replace(`{${name}}`, () => value), path);
    const query = given.filter(({ where }) => where === "query").map(({ name, value }) => `${name}=${value}`).join("&");
    return { as: "owner", url: `${filled}?${query}`, headers: { "content-type": "application/json" }, body };
  });
}

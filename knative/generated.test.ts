import { Validator } from "@seriousme/openapi-schema-validator";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describe as describeFunction } from "../functions/lib/fn.ts";
import { problems } from "../functions/lib/problem.ts";
import { functions } from "../functions/registry.ts";
import { documents } from "../functions/web/documents.ts";
import { document, generated } from "./generated.ts";

const api = document();

test("what is committed is what is generated: else run npm run generate", () => {
  for (const [name, text] of Object.entries(generated())) expect(readFileSync(name, "utf8"), name).toBe(text);
});

test("the API's own documents are among what is generated", () => {
  const names = Object.keys(generated());

  for (const file of Object.values(documents)) expect(names).toContain(`web/public${file}`);
});

test("the document is OpenAPI 3.1", async () => {
  const validator = new Validator();

  expect(await validator.validate({ ...structuredClone(api) })).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
});

test.each(Object.entries(functions))("%s is in the document, with all that it may answer", (file, app) => {
  const { method, path, answers, problems: names } = describeFunction(app);

  const operation = api.paths[path.replace(/:(\w+)/g, "{$1}")]![method.toLowerCase()]!;

  const statuses = [...Object.keys(answers), ...names.map((name) => String(problems[name][0]))];
  expect([...operation.tags, operation.operationId].join("/")).toBe(file);
  expect(Object.keys(answers), "what it answers when all goes well").not.toEqual([]);
  expect(Object.keys(operation.responses).sort()).toEqual([...new Set(statuses)].sort());
  expect(operation.summary).not.toBe("");
});

test("no reference leads nowhere, and every schema is described", () => {
  const refs = [...JSON.stringify(api).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];

  for (const [, kind, name] of refs) {
    expect(api.components[kind as "schemas"], `${kind} ${name}`).toHaveProperty([name!]);
  }
  const silent = Object.entries(api.components.schemas).filter(([, { description }]) => !description);
  expect(silent.map(([name]) => name)).toEqual([]);
});

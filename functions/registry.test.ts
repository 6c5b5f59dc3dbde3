import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { describe } from "./lib/fn.ts";
import { functions } from "./registry.ts";

/** Files of an operation's folder that hold no operation do not begin one: they never call `fn(`. */
const files = ["auth", "chat", "user"].flatMap((folder) =>
  readdirSync(path.join("functions", folder))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .filter((file) => /^export default fn\(/m.test(readFileSync(path.join("functions", folder, file), "utf8")))
    .map((file) => `${folder}/${file.replace(/\.ts$/, "")}`)
);

const all = Object.entries(functions).map(([file, app]) => ({ file, app, ...describe(app) }));

test("the registry lists every operation, and every listed operation is a file", () => {
  expect(Object.keys(functions).sort()).toEqual(files.sort());
});

test("no two operations share a name or a route", () => {
  const names = all.map(({ file }) => path.basename(file));
  const routes = all.map(({ method, path }) => `${method} ${path}`);

  expect(new Set(names).size).toBe(names.length);
  expect(new Set(routes).size).toBe(routes.length);
});

test.each(all)("$file answers /healthz without touching a need", async ({ app }) => {
  const res = await app.request("/healthz");

  expect(res.status).toBe(200);
});

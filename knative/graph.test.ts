import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { graph } from "./graph.ts";
import { type EntryName, entryNames } from "./image/entry.ts";

const copy = mkdtempSync(path.join(tmpdir(), "parley-graph-"));
for (const name of ["functions", "knative", "package.json", "tsconfig.json"]) {
  cpSync(name, path.join(copy, name), { recursive: true });
}
symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"));
afterAll(() => rmSync(copy, { recursive: true }));

const digests = async () =>
  Object.fromEntries(await Promise.all(entryNames.map(async (name) => [name, (await graph(name, copy)).digest])));

const before = await digests();

/** Which entries an edit of a file in the copy moves; the edit is taken back. */
async function movedBy(file: string, edit: (text: string) => string): Promise<string[]> {
  const name = path.join(copy, file);
  const text = readFileSync(name, "utf8");
  writeFileSync(name, edit(text));
  const after = await digests();
  writeFileSync(name, text);
  return entryNames.filter((entry) => before[entry] !== after[entry]);
}

const importersOf = async (file: string) => {
  const graphs = await Promise.all(entryNames.map(async (name) => ({ name, files: (await graph(name)).files })));
  return graphs.filter(({ files }) => files.includes(file)).map(({ name }) => name);
};

test("an edit of one operation moves it alone", async () => {
  expect(await movedBy("functions/chat/send-message.ts", (text) => text + "\nconsole.log('edited');\n")).toEqual([
    "chat/send-message",
  ]);
});

test("an edit of a shared file moves those that import it, and no other", async () => {
  const file = "functions/lib/events.ts";

  const moved = await movedBy(file, (text) => text.replace("parley:events", "parley:happenings"));

  expect(moved).toEqual(await importersOf(file));
  expect(moved.length).toBeGreaterThan(5);
  expect(moved.length).toBeLessThan(entryNames.length);
});

test("a comment or another way to set the same code moves none", async () => {
  const edit = (text: string) => `// A remark.\n${text.replace("\nexport", "\n\n\n/** Another. */\nexport")}`;

  expect(await movedBy("functions/lib/fn.ts", edit)).toEqual([]);
});

test("an edit of a test moves none", async () => {
  const file = path.join(copy, "functions/chat/send-message.test.ts");

  appendFileSync(file, "\nconsole.log('edited');\n");

  expect(await digests()).toEqual(before);
});

test("a new migration moves the migrations alone", async () => {
  const edit = (text: string) => text.replace("-- migrate:down", "select 1;\n-- migrate:down");

  expect(await movedBy("functions/user/migrations/20261124000001_deactivation.sql", edit)).toEqual(["migrations"]);
});

test("a graph tells its sources and its packages with their versions", async () => {
  const { files, packages } = await graph("auth/login" as EntryName);
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")).packages as Record<string, { version: string }>;

  expect(files).toContain("functions/auth/login.ts");
  expect(files).not.toContain("functions/lib/database.ts");
  expect(Object.keys(packages)).toContain("hono");
  for (const [name, version] of Object.entries(packages)) expect(version).toBe(lock[`node_modules/${name}`]!.version);
});

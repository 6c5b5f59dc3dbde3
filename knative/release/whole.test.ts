import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { graph } from "../graph.ts";
import type { EntryName } from "../image/entry.ts";
import { nextRelease } from "./moved.ts";

const copy = mkdtempSync(path.join(tmpdir(), "parley-release-"));
for (const name of ["functions", "knative", "package.json", "tsconfig.json"]) {
  cpSync(name, path.join(copy, name), { recursive: true });
}
symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"));
afterAll(() => rmSync(copy, { recursive: true }));

const entries: EntryName[] = ["chat/send-message", "chat/list-rooms", "redis/rest", "migrations"];
const graphs = async () =>
  Object.fromEntries(await Promise.all(entries.map(async (name) => [name, (await graph(name, copy)).digest])));

test("an edit of send-message.ts releases send-message, by its real module graph", async () => {
  const { release } = nextRelease({}, `sha256:${"1".repeat(64)}`, await graphs());
  appendFileSync(path.join(copy, "functions/chat/send-message.ts"), "\nconsole.log('edited');\n");

  const next = nextRelease(release, `sha256:${"2".repeat(64)}`, await graphs());

  expect(next.moved).toEqual(["chat/send-message"]);
  expect(next.release["chat/list-rooms"]).toEqual(release["chat/list-rooms"]);
});

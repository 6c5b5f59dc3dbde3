import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { terminal } from "../start/terminal.ts";
import { checkTools, run } from "./run.ts";

const dir = mkdtempSync(path.join(tmpdir(), "parley-kind-"));
const screen = terminal(new PassThrough() as unknown as NodeJS.WriteStream);
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(dir, { recursive: true }));

test("a step is made, unless it is true already", async () => {
  const [made, there] = [path.join(dir, "made"), path.join(dir, "there")];
  writeFileSync(there, "as it was");

  await run([
    { name: "objects are read", run: ["tee", made], objects: [{ kind: "Thing" }, { kind: "Other" }] },
    { name: "a file is there", run: ["tee", there], objects: [], unlessFile: there },
    { name: "a command says so", run: ["tee", there], objects: [], unless: ["true"] },
    { name: "another prints what is read", from: ["echo", "copied"], run: ["tee", path.join(dir, "copy")] },
  ], screen);

  expect(readFileSync(made, "utf8")).toBe('{\n  "kind": "Thing"\n}\n---\n{\n  "kind": "Other"\n}\n');
  expect(readFileSync(there, "utf8")).toBe("as it was");
  expect(readFileSync(path.join(dir, "copy"), "utf8")).toBe("copied\n");
});

test("the first step that fails ends it, in the words of its command", async () => {
  const never = path.join(dir, "never");
  const failing = { name: "a cluster", run: ["sh", "-c", "echo port 443 is taken >&2; exit 1"] };

  const failure = run([failing, { name: "more", run: ["touch", never] }], screen);

  await expect(failure).rejects.toThrow('Cannot make it so that "a cluster": port 443 is taken');
  expect(() => readFileSync(never)).toThrow();
});

test("a tool that is missing is told in one sentence, with where to get it", async () => {
  vi.stubEnv("PATH", dir);

  await expect(checkTools(["docker", "kind"])).rejects.toThrow(
    "Cannot go on without docker: install it from https://docs.docker.com/get-docker/",
  );
});

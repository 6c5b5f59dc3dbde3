import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Check, makeChecks } from "../checks.ts";
import { idle } from "./kubectl.ts";

const dir = mkdtempSync(path.join(tmpdir(), "parley-kubectl-"));
const over = new AbortController().signal;
let seen: Check[] = [];
beforeEach(() => void (seen = []));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(dir, { recursive: true }));

const labels = { "serving.knative.dev/service": "list-rooms" };
const services = { items: [{ metadata: { name: "list-rooms" } }] };

/** A kubectl that answers so. */
function kubectl(answers: { services?: object; pods?: object }) {
  const file = path.join(dir, "kubectl");
  const { services, pods } = answers;
  const answer = (name: string, object?: object) => object ? `${name}) echo '${JSON.stringify(object)}' ;;` : "";
  writeFileSync(
    file,
    `#!/bin/sh\ncase "$2" in\n${answer("services*", services)}\n${answer("pods", pods)}\n` +
      `*) echo "the server could not be reached" >&2; exit 1 ;;\nesac\n`,
  );
  chmodSync(file, 0o755);
  vi.stubEnv("PATH", `${dir}${path.delimiter}${process.env["PATH"]}`);
}

const look = (minutes: number) =>
  idle(makeChecks({ tell: (check) => seen.push(check), over }).group("cluster"), { namespace: "app", minutes, over });

test("a cluster where no pod is left has come to rest", async () => {
  kubectl({ services, pods: { items: [] } });

  const { last } = await look(1);

  expect(seen).toMatchObject([{ outcome: "ok" }]);
  expect(last).toEqual([{ service: "list-rooms", count: 0, least: 0 }]);
});

test("pods that stay are told by their function", async () => {
  kubectl({ services, pods: { items: [{ metadata: { name: "a", labels } }, { metadata: { name: "b", labels } }] } });

  await look(1e-6);

  expect(seen).toMatchObject([{ outcome: "failed", detail: expect.stringContaining("there are: list-rooms 2") }]);
});

test("a kubectl that reaches nobody is no fault of Parley's", async () => {
  kubectl({});

  await look(1);

  expect(seen).toMatchObject([{ outcome: "skipped", detail: "kubectl does not say: the server could not be reached" }]);
});

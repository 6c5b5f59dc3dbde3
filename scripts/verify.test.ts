import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { functions } from "../functions/registry.ts";
import { testHouse } from "./start/testing/house.ts";
import type { Report } from "./verify/report.ts";
import { readOptions } from "./verify/options.ts";
import { testEdge } from "./verify/testing/edge.ts";
import { verify } from "./verify/verify.ts";

const house = testHouse();

/** A Parley with its demo, behind an edge of ours. */
async function aParley() {
  const edge = await testEdge(house.port);
  await house.begin(["--demo"], { PUBLIC_URL: edge.url }).up;
  return edge;
}

/** `npm run verify -- --url …`, without npm. */
async function run(url: string) {
  const json = path.join(house.dataDir, "verified.json");
  const args = ["run", "-A", "--quiet", "scripts/verify.ts", "--url", url, "--samples", "3", "--json", json];
  const { code, output } = await new Promise<{ code: number; output: string }>((done) => {
    execFile("node_modules/.bin/deno", args, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
  return { code, output, report: JSON.parse(readFileSync(json, "utf8")) as Report };
}

const failed = ({ checks }: Report) => checks.filter(({ outcome }) => outcome === "failed").map(({ name }) => name);

test("a Parley that runs keeps every promise, by new people and by people who are there already", async () => {
  const edge = await aParley();
  const options = readOptions(["--url", edge.url, "--samples", "2"], {
    VERIFY_USER_1: "ada:parley-demo",
    VERIFY_USER_2: "grace:parley-demo",
  });
  if (options === "help") throw new Error("nobody asked for help");

  const [{ code, output, report }, known] = await Promise.all([run(edge.url), verify(options)]);
  edge.close();

  expect(failed(report), output).toEqual([]);
  expect(failed(known)).toEqual([]);
  expect(code).toBe(0);
  expect(output).toMatch(/keeps (\d+) of \1 promises/);
  expect(report.latencies.map(({ operation }) => operation).sort()).toEqual(Object.keys(functions).sort());
  const spared = ["user/deactivate-me", "user/remove-contact", "user/save-contact"];
  const theirs = new Set<string>(known.latencies.map(({ operation }) => operation));
  expect(Object.keys(functions).filter((name) => !theirs.has(name))).toEqual(
    spared.filter((name) => !theirs.has(name)),
  );
  expect(theirs.has("user/deactivate-me")).toBe(false);
}, 120_000);

test("whatever a Parley breaks is told, and nothing else", async () => {
  const edge = await aParley();
  edge.break({
    refuse: ({ url }) => /\/changes\?/.test(url) ? 500 : undefined,
    loses: (event) => event.includes('"message.created"'),
    headers: (headers, { url, host }) => {
      delete headers["content-security-policy"];
      headers["set-cookie"] = headers["set-cookie"]?.map((line) => line.replace(/; HttpOnly/i, "")) ?? [];
      if (url.startsWith("/healthz/")) headers["x-powered-by"] = "curiosity";
      if (host.startsWith("list-rooms.app")) headers["server-timing"] = "app;dur=1.0";
    },
  });

  const { code, output, report } = await run(edge.url);
  edge.close();

  expect(failed(report), output).toEqual([
    "a message is acknowledged, and arrives by the stream",
    "who has left a room gets nothing of it",
    "what was missed is caught up with, in order and without a hole",
    "every operation answers, 3 times",
    "nothing but our own files may run on a page, and nobody may frame it",
    "cookies are out of reach for scripts and other sites",
    "functions cannot be reached by the names that the cluster calls them",
    "health can be asked for by name, which wakes, and tells nothing",
    "nothing answered with a fault of its own (5xx)",
  ]);
  expect(code).toBe(1);
  expect(output).toContain("9 FAILED");
}, 120_000);

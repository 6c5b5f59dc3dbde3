import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

/** Run the tool to its end: its exit code, and what it printed. */
async function chaos(...options: string[]) {
  const args = ["run", "-A", "--quiet", "test/chaos/main.ts", ...options];
  const child = spawn("node_modules/.bin/deno", args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output += chunk);
  const [code] = await once(child, "exit");
  return { code, output };
}

test(
  "nothing is lost, doubled, reordered or stale while parts are killed, paused and cut off for 20 seconds",
  async () => {
    const { code, output } = await chaos("--seconds", "20", "--clients", "6", "--seed", "7");

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/^OK$/m) });
    expect(Number(/faults survived +(\d+)/.exec(output)![1])).toBeGreaterThanOrEqual(4);
    expect(Number(/sends acknowledged +(\d+)/.exec(output)![1])).toBeGreaterThan(50);
  },
  180_000,
);

test("an option that nobody knows is refused with a sentence", async () => {
  const { code, output } = await chaos("--seconds", "soon");

  expect(code).toBe(1);
  expect(output).toContain('Cannot run: --seconds must be a whole number from 1 to 86400, not "soon"');
});

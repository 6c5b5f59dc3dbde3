import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** On Deno, which runs us, and not on Node, which runs the tests. */
const onDeno = (script: string) => {
  const source = `import { startChild, stopChild } from "${new URL("processes.ts", import.meta.url)}"; ${script}`;
  return execFileSync("node_modules/.bin/deno", ["eval", "--quiet", source], { encoding: "utf8", timeout: 20_000 });
};

test("a child that does not end when asked to is ended by force", () => {
  const said = onDeno(`
    const child = await startChild("/bin/sh", ["-c", "trap '' INT; echo deaf; while :; do sleep 0.1; done"]);
    await new Promise((deaf) => child.onOutput(deaf));
    await stopChild(child, "SIGINT", "SIGKILL", 100);
    console.log("ended");
  `);

  expect(said).toBe("ended\n");
});

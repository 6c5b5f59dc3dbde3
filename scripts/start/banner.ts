import { demoPassword, demoUsers } from "./demo/people.ts";
import type { Options } from "./options.ts";
import type { Terminal } from "./terminal.ts";

interface Running {
  options: Options;
  /** What each part is and where: ["Postgres", "embedded, port 5432"]. */
  parts: [name: string, what: string][];
  seconds: number;
}

/** What people need to know once all is up: where to go, what runs, where data lives, how to stop. */
export function banner({ say, styled }: Terminal, { options, parts, seconds }: Running): void {
  const rows: [string, string][] = [...parts, ["Data", options.dataDir]];
  if (options.isDemo) {
    const names = demoUsers.map(({ username }) => username).join(" or ");
    rows.push(["Demo", `sign in as ${names}, password ${demoPassword}`]);
  }
  const width = Math.max(...rows.map(([name]) => name.length));

  say("");
  say(
    `  ${styled("bold", "Parley")} is at ${styled(["bold", "cyan"], options.publicUrl)}  ${
      styled("dim", `(${seconds.toFixed(1)} s)`)
    }`,
  );
  say("");
  for (const [name, what] of rows) say(`  ${styled("dim", name.padEnd(width))}  ${what}`);
  say("");
  say(`  ${styled("dim", "Ctrl-C stops everything; what was said stays.")}`);
}

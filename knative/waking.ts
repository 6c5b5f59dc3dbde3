import path from "node:path";
import { describe, type Moment } from "../functions/lib/fn.ts";
import { functions } from "../functions/registry.ts";
import { wakePath } from "../functions/web/waking.ts";

/** A line for each path, as the formatter would have them. */
const list = (paths: string[]) => `[\n${paths.map((path) => `    ${JSON.stringify(path)},\n`).join("")}  ]`;

/** A module for the web client: what it wakes at each moment, as the functions' specs say. Pure. */
export function wokenModule(): string {
  const wokenAt = (moment: Moment) =>
    Object.entries(functions)
      .filter(([, app]) => describe(app).wokenAt === moment)
      .map(([file]) => wakePath(path.basename(file)));
  return `/** Written by \`npm run generate\`: which functions the web client wakes, and when (\`wokenAt\` in their specs). */
export const woken = {
  visit: ${list(wokenAt("visit"))},
  "sign-in": ${list(wokenAt("sign-in"))},
} as const;
`;
}

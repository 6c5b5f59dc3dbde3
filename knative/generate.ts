import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { generated } from "./generated.ts";

/**
 * Write every file that derives from the functions: `npm run generate`. With `--check`, write nothing and fail when one
 * is not what it would be.
 */
const house = fileURLToPath(new URL("..", import.meta.url));
const isCheck = process.argv.includes("--check");

const stale = Object.entries(generated()).filter(([name, text]) => {
  try {
    return readFileSync(path.join(house, name), "utf8") !== text;
  } catch {
    return true;
  }
});

for (const [name, text] of isCheck ? [] : stale) {
  mkdirSync(path.dirname(path.join(house, name)), { recursive: true });
  writeFileSync(path.join(house, name), text);
  console.log(`wrote ${name}`);
}

if (isCheck && stale.length > 0) {
  console.error(`Stale: ${stale.map(([name]) => name).join(", ")}. Run: npm run generate`);
  process.exitCode = 1;
}

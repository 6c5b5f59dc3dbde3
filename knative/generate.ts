import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { generated, generatedFolder } from "./generated.ts";

/**
 * Write every file that derives from the functions: `npm run generate`. With `--check`, write nothing and fail when one
 * is not what it would be.
 */
const house = fileURLToPath(new URL("..", import.meta.url));
const isCheck = process.argv.includes("--check");

const all = generated();
const stale = Object.entries(all).filter(([name, text]) => {
  try {
    return readFileSync(path.join(house, name), "utf8") !== text;
  } catch {
    return true;
  }
});

/** Files of functions and environments that are gone. */
const left = readdirSync(path.join(house, generatedFolder), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(house, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
  .filter((name) => !(name in all));

for (const [name, text] of isCheck ? [] : stale) {
  mkdirSync(path.dirname(path.join(house, name)), { recursive: true });
  writeFileSync(path.join(house, name), text);
  console.log(`wrote ${name}`);
}

for (const name of isCheck ? [] : left) {
  rmSync(path.join(house, name));
  console.log(`removed ${name}`);
}

const wrong = [...stale.map(([name]) => name), ...left];
if (isCheck && wrong.length > 0) {
  console.error(`Stale: ${wrong.join(", ")}. Run: npm run generate`);
  process.exitCode = 1;
}

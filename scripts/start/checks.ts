import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import process from "node:process";
import { Fault, reason } from "./fault.ts";
import { isTaken } from "./ports.ts";

/** The oldest Node whose npm installs what we need and whose runtime our tests run on. */
const oldestNode = [20, 19] as const;

/** Refuse a Node that is too old. We run on Deno, so the one that matters is the one npm says it runs on. */
export function checkNode(userAgent = process.env.npm_config_user_agent ?? ""): void {
  const [, version, major, minor] = /\bnode\/v((\d+)\.(\d+)\.\d+)/.exec(userAgent) ?? [];
  if (!version) return;
  const isOld = Number(major) < oldestNode[0] || (Number(major) === oldestNode[0] && Number(minor) < oldestNode[1]);
  if (isOld) {
    throw new Fault(`Cannot start: this is Node ${version}, and Parley needs ${oldestNode.join(".")} or newer`);
  }
}

/** Refuse a port that somebody else listens on, in either of the ways a browser may understand `localhost`. */
export async function checkPort(port: number): Promise<void> {
  for (const host of ["127.0.0.1", "::1"]) {
    const taken = await isTaken(port, host).catch((error: NodeJS.ErrnoException) => {
      if (host === "::1") return false; // no IPv6 here
      throw new Fault(`Cannot listen on port ${port}: ${error.code === "EACCES" ? "only root may" : reason(error)}`);
    });
    if (taken) {
      throw new Fault(
        `Cannot listen on port ${port}: it is taken; choose another one with npm start -- --port <number>`,
      );
    }
  }
}

/** Make the data directory if need be, readable by us alone, and make sure that we can write there. */
export function checkDataDir(dir: string): void {
  const refuse = (why: string) => new Fault(`Cannot keep data in ${dir}: ${why}; choose another place with --data-dir`);
  try {
    const isNew = mkdirSync(dir, { recursive: true }) !== undefined;
    if (isNew) chmodSync(dir, process.getuid?.() === 0 ? 0o711 : 0o700); // Postgres does not run as root, and must pass
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOTDIR") throw refuse("a file is in the way");
    throw refuse(
      ["EACCES", "EPERM", "EROFS", "ENOENT"].includes(code ?? "") ? "we may not write there" : reason(error),
    );
  }
  if (!statSync(dir).isDirectory()) throw refuse("it is not a directory");
}

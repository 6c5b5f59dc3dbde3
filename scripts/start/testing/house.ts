import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach } from "vitest";
import { freePort } from "../ports.ts";
import { buildWebClient } from "../web-client.ts";
import { type Launched, start } from "./launch.ts";

/** For each test a data directory and a free port of its own; what was begun in it is stopped after it. */
export function testHouse() {
  const house = {
    dataDir: "",
    port: 0,
    launched: [] as Launched[],

    args: (...more: string[]) => ["--port", String(house.port), "--data-dir", house.dataDir, ...more],

    /** Start on this data and port, unless more options say otherwise. */
    begin(more: string[] = [], env: Record<string, string> = {}): Launched {
      const one = start(house.args(...more), env);
      house.launched.push(one);
      return one;
    },

    /** The process id of its Postgres. */
    postmaster: () => Number.parseInt(readFileSync(path.join(house.dataDir, "postgres/postmaster.pid"), "utf8"), 10),
  };

  beforeAll(buildWebClient, 60_000); // so that no test waits for it

  beforeEach(async () => {
    house.dataDir = mkdtempSync(path.join(tmpdir(), "parley-start-"));
    chmodSync(house.dataDir, 0o755); // so that Postgres, when we are root, lies there and not in a directory of the system
    house.port = await freePort();
  });

  afterEach(async () => {
    for (const { kill, ended } of house.launched.splice(0)) {
      kill("SIGTERM");
      await ended;
    }
    rmSync(house.dataDir, { recursive: true, force: true });
  });

  return house;
}

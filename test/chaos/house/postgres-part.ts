import { type Postgres, startPostgres } from "../../../scripts/start/postgres.ts";
import { signal } from "../../../scripts/start/processes.ts";
import { makePart, type Part } from "./part.ts";
import { backendsOf } from "./process-tree.ts";

/** More than all functions' pools together. */
const maxConnections = 150;

export interface PostgresPart extends Part {
  /** The superuser's URL of one database. */
  url(database: string): string;
  /** The processes of its clients; killing one makes the server drop all of them and replay its log. */
  backends(): number[];
}

/** A real Postgres that syncs to the disk: what it acknowledged survives its death. */
export function makePostgresPart(dir: string, port: number): PostgresPart {
  let postgres: Postgres;

  const part = makePart("postgres", async () => {
    const settings = { max_connections: maxConnections };
    postgres = await startPostgres({ dir, password: "chaos", port, settings });
    const { pid, exited, stop } = postgres;
    return {
      exited,
      stop,
      signal(name) {
        const known = backendsOf(pid); // a killed server has no children that could be asked for
        signal(pid, name); // first, so that it starts no more
        for (const backend of new Set([...known, ...backendsOf(pid)])) signal(backend, name);
      },
    };
  });

  return { ...part, url: (database) => postgres.url(database), backends: () => backendsOf(postgres.pid) };
}

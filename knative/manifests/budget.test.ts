import { expect, test } from "vitest";
import type { Need } from "../../functions/lib/needs.ts";
import { entryNeeds } from "../image/entry.ts";
import { pooler, postgres } from "./pooler.ts";
import { workloads } from "./workloads.ts";

const poolOf = (entry: Parameters<typeof entryNeeds>[0]) =>
  (entryNeeds(entry) as readonly Partial<Need>[]).reduce((sum, { pool = 0 }) => sum + pool, 0);

const { max_client_conn, default_pool_size } = pooler.parameters;

test("all pods that may ever run, old revisions beside new ones, fit one instance of the pooler", () => {
  const revisions = 2;

  const connections = workloads().map(({ entry, maxScale }) => maxScale * poolOf(entry) * revisions);

  expect(connections.every((count) => count >= 0)).toBe(true);
  expect(connections.reduce((sum, count) => sum + count)).toBeGreaterThan(0);
  expect(connections.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(Number(max_client_conn));
});

test("what the poolers open to Postgres leaves it room for everybody else", () => {
  const pairs = new Set(
    workloads().flatMap(({ entry }) => entryNeeds(entry)).filter((need) => (need as Need).pool > 0)
      .map(({ name }) => name),
  ); // each database has one role

  const connections = pooler.instances * pairs.size * Number(default_pool_size);

  expect(pairs.size).toBe(2);
  expect(connections).toBeLessThanOrEqual(postgres.max_connections - postgres.keptForOthers);
});

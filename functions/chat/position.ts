import type { ISql as Sql } from "postgres";
import * as v from "valibot";
import { Id } from "../lib/schema.ts";

/**
 * Where a page ends in a list that is sorted by a time and an id. The time is text in microseconds, as Postgres keeps
 * it: a millisecond, which is what a Date and our driver keep, is too coarse to go on from.
 */
export const Position = v.tuple([v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/)), Id]);

/** The time of a row as `Position` has it. */
export const position = (sql: Sql, alias: string, column: string) =>
  sql`to_char(${sql(alias)}.${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

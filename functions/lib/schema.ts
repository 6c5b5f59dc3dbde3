import * as v from "valibot";

/**
 * The vocabulary every `schema.ts` is written in. Imports nothing but the validator, so the browser may load it and a
 * form's limits come from the same object that the server checks.
 */

const codePoints = (text: string) => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** A character that can be seen. */
const visible = /[^\p{C}\p{Z}]/u;

/**
 * Text of `min` to `max` code points, which is what Postgres counts too. Refuses what Postgres cannot store or nobody
 * can read: NUL, lone surrogates, and (when `min` > 0) nothing but white space.
 */
export const text = ({ min = 0, max }: { min?: number; max: number }) =>
  v.pipe(
    v.string("must be text"),
    v.check((s) => s.isWellFormed() && !s.includes("\0"), "must be well-formed Unicode without NUL"),
    v.check((s) => min === 0 || visible.test(s), "must not be blank"),
    v.check((s) => s.length <= max || codePoints(s) <= max, `must have at most ${max} characters`),
    v.check((s) => min <= 1 || codePoints(s) >= min, `must have at least ${min} characters`),
    v.metadata({ minLength: min, maxLength: max, ...(min > 0 && { pattern: visible.source }) }),
  );

/** A name people read: 1 to 80 code points on one line, white space around it dropped. */
export const Name = v.pipe(
  text({ min: 1, max: 80 }),
  v.transform((s) => s.trim()),
  v.check((s) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(s), "must be one line"),
  v.check((s) => !/[\u202a-\u202e\u2066-\u2069]/.test(s), "must not turn the direction of writing"),
);

/** The empty string says that there is nothing, as null does. */
export const clearable = <S extends v.GenericSchema<string, string>>(schema: S) =>
  v.union([v.null(), v.pipe(v.literal(""), v.transform(() => null)), schema]);

/** A UUID of any version, lower-cased as Postgres prints it. New ones are UUIDv7. */
export const Id = v.pipe(v.string("must be a UUID"), v.uuid("must be a UUID"), v.toLowerCase());

/** A whole number in a query string or body, between `min` and `max`. */
export const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.number("must be a whole number"),
    v.integer("must be a whole number"),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );

/** The same, written as digits in a query string. */
export const digits = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,16}$/, "must be a whole number"), v.transform(Number), wholeNumber(min, max));

/** How many rows a page holds: 1 to 100. */
export const pageSize = (usual: number) => v.optional(digits(1, 100), String(usual));

/** Counters stay within what a JSON number can hold exactly. */
export const maxCounter = Number.MAX_SAFE_INTEGER;

/** Where the next page of a list begins, as the page before said; opaque. */
export const Cursor = v.optional(v.pipe(v.string(), v.maxLength(1000, "is not a cursor of this list")));

/** What part of a name or text people look for: 1 to 80 code points. */
export const Words = v.pipe(text({ max: 80 }), v.trim(), v.minLength(1, "must not be blank"));

/** At most 100 ids in one request, joined by commas. */
export const IdList = v.pipe(
  v.string(),
  v.maxLength(100 * 37, "must name at most 100 ids"),
  v.transform((list) => list.split(",").map((id) => id.trim())),
  v.array(Id),
  v.minLength(1),
  v.maxLength(100, "must name at most 100 ids"),
);

// What we answer with, as opposed to what we take.

/** A UUID as we print it, in lower case. */
export const Uuid = v.pipe(v.string(), v.uuid());

/** A time in ISO 8601 UTC, to the millisecond. */
export const Time = v.pipe(v.string(), v.isoTimestamp());

/** A whole number from 0 up. */
export const Counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxCounter));

/** Where the next page begins; null when this is the last one. */
export const NextCursor = v.nullable(v.string());

import fc from "fast-check";

/** Values that have broken programs before, and random ones. */

const zalgo = "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞";

/** Texts as a hostile or careless caller writes them. */
// deno-fmt-ignore -- one a line would be a page of them
export const strings = [
  "", " ", "\t\n", "\u0000", "a\u0000b", "\ud800", "\udfff\ud800", "a\udc00", "\ufeff", "\u200b", "\u2028",
  "\u202egnp.exe", zalgo, "שלום", "مرحبا", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇳", "👍🏽", "❤", "❤️", "é", "é", "ﷺ", "İ", "ß",
  "x".repeat(4000), "x".repeat(4001), "👍".repeat(4000), "\u0301".repeat(5000), "x".repeat(30_000), "null", "true",
  "NaN", "-0", "1e999", "0x10", "١٢٣", "Infinity", "9007199254740993", "-9223372036854775809", "' or 1=1 --",
  "%'; drop table rooms; --", "\\", "%", "_", '"', "$1", "${7*7}", "{{7*7}}", "<script>alert(1)</script>",
  "../../etc/passwd", "__proto__", "constructor", "toString", "2026-13-45T99:99:99Z", "0001-01-01 BC", "infinity",
  "javascript:alert(1)", "https://", "https://a\u0000b", "data:text/html,x", "a & b | ! c", "<->", '"', "or", "-",
  "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA",
];

// deno-fmt-ignore -- one a line would be a page of them
const numbers = [
  0, -1, 1, 0.5, -0.1, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 2 ** 63, 2 ** 64, 101, 1e21,
];

const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown;
const large = [
  Array(10_000).fill(0),
  Array(101).fill("x"),
  Array(1500).fill("00000000-0000-4000-8000-000000000000"),
  nested(100),
  nested(1000),
  Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, i])),
];

/** What Postgres cannot store, and what no UTF-8 can say. */
const poison = ["\u0000", "a\u0000b", "\ud800", "a\udc00b"];

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...poison) },
  { weight: 3, arbitrary: fc.constantFrom(...strings) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 100 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 100 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) =>
      String.fromCharCode(...units)
    ),
  },
);

const first = "00000000-0000-0000-0000-000000000000";

/** Cursors as a list might have made them, and as it never would: the document calls them opaque. */
export const cursors: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom<unknown>(
    ["2026-01-01T00:00:00.000000Z", first],
    ["2999-12-31T23:59:59.999999Z", first],
    ["2026-99-99T99:99:99.999999Z", first],
    ["2026-02-30T00:00:00.000000Z", first],
    ["0000-01-01T00:00:00.000000Z", first],
    ["now", first],
    ["infinity", first],
    ["name", first],
    ["\u0000", first],
    ["\ud800", first],
    ["2026-01-01T00:00:00.000000Z", "x"],
    [null, null],
    [first],
    [],
    null,
    0,
    "",
    {},
    [["2026-01-01T00:00:00.000000Z"], first],
  ).map((key) => btoa(JSON.stringify(key))),
  fc.jsonValue().map((key) => btoa(encodeURIComponent(JSON.stringify(key).toWellFormed()))),
  text,
);

/** Anything JSON can say, the worst first. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom(...numbers) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], { a: 1 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...large) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

/** Bodies that are no JSON, are barely JSON, or say the same thing twice. */
// deno-fmt-ignore -- one a line would be a page of them
export const bodies: (string | Uint8Array<ArrayBuffer>)[] = [
  "", " ", "{", "}", "[]", "null", "true", "0", '"text"', "{}{}", "{'a':1}", "{a:1}", "undefined", "NaN", "1e999",
  "\u0000", "\ufeff{}", '{"a":1,}', '{"a":"\\ud800"}', '{"a":"\\u0000"}', '{"content":"a","content":5}',
  '{"id":1,"id":null}', '{"__proto__":{"role":"owner"}}', '{"__proto__":null,"content":"x"}',
  '{"constructor":{"prototype":{"a":1}}}', '{"seq":1e999}', '{"seq":-1e999}', '{"seq":1.0}', '{"seq":-0}',
  '{"seq":9007199254740993}', '{"toString":"x"}', "[".repeat(30_000), '{"a":'.repeat(10_000),
  "[".repeat(30_000) + "]".repeat(30_000), "x".repeat(64 * 1024 + 1), `{"content":"${"x".repeat(64 * 1024)}"}`,
  `{"x":"${"é".repeat(32 * 1024)}"}`, "<xml/>", "a=1&b=2", "--boundary\r\n",
  new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), new Uint8Array([0x7b, 0x22, 0xc0, 0x80, 0x22, 0x7d]),
  new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), new Uint8Array(1000),
];

/** Properties that a caller has no business setting. */
// deno-fmt-ignore -- one a line would be a page of them
export const forbidden = [
  "role", "senderId", "sender_id", "seq", "rev", "createdAt", "updatedAt", "deletedAt", "id", "userId", "roomId",
  "isVerified", "isActive", "createdBy", "__proto__", "constructor", "lastSeen", "password_hash", "updated_at",
  "username", "",
];

/** Parts of a path as they go over the wire. */
// deno-fmt-ignore -- one a line would be a page of them
export const segments = [
  "%00", "%2e%2e", "%2e%2e%2f%2e%2e", "..%2f..", "%ff", "%c0%ae", "%F0%9F", "%", "%2", "%zz", "%25%30%30", "a%2Fb",
  "%5c", ";a=b", "%20", "+", "null", "undefined", "__proto__", "constructor", "discover", "0", "-1", "1e9",
  "%E2%80%AE", "%ED%A0%80", "%0d%0aset-cookie:a=b", "x".repeat(5000), "%F0%9F%91%8D".repeat(50),
  "00000000-0000-0000-0000-000000000000", "*", "{roomId}",
];

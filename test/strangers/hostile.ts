import type { GenericSchema } from "valibot";

/** What nobody sends who means well, written as JSON so that it says exactly what it says. */

/** A JSON text of what a program would write. */
const json = (value: unknown) => JSON.stringify(value);

/** No field of any operation takes these: 400, wherever they stand. */
export const impossible: Record<string, string> = {
  "NUL": '"a\\u0000b"',
  "NUL alone": '"\\u0000"',
  "a lone high surrogate": '"a\\ud800"',
  "a lone low surrogate": '"\\udc00a"',
  "surrogates the wrong way round": '"\\udc00\\ud800"',
  "4001 code points": json("é".repeat(4001)),
  "4001 code points beyond the BMP": json("😀".repeat(4001)),
  "4001 combining marks": json(`a${"\u0301".repeat(4000)}`),
  "an infinite number": "1e309",
  "a number that no counter can hold": "9007199254740993",
  "a negative number": "-1",
  "a broken number": "1.5",
  "an object": '{"toString":"x","length":1,"0":"a"}',
  "10 000 numbers": json(Array(10_000).fill(1)),
  "10 000 words": json(Array(10_000).fill("a")),
  "1 600 ids": json(Array.from({ length: 1_600 }, () => crypto.randomUUID())),
  "a list in a list, 10 000 deep": "[".repeat(10_000) + "]".repeat(10_000),
  "an object in an object, 10 000 deep": '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000),
  "true": "true",
};

/** Some fields take these and others do not. */
export const strange: Record<string, string> = {
  "nothing but zero-width characters": json("\u200b\u200d\u2060\ufeff"),
  "right-to-left override": json("\u202egnp.exe\u202c\u2066x"),
  "a storm of combining marks": json(`Z${"\u0351\u0489".repeat(30)}`),
  "noncharacters": json("\uffff\ufffe\u{10ffff}"),
  "control characters": json("a\u0001\u001b[31m\u0007\u0085\u009f"),
  "line separators": json("a\r\n\u2028\u2029b"),
  "tags and variation selectors": json("🏴\u{e0067}\u{e007f}a\ufe0f\u{e0100}"),
  "4000 code points": json("😀".repeat(4000)),
  "SQL": json("'; drop table messages; --"),
  "a format": json("%s%n${7*7}{{7*7}}$1\\1\\"),
  "markup": json("<img src=x onerror=alert(1)><!--"),
  "__proto__": json("__proto__"),
  "constructor": json("constructor"),
  "the empty string": '""',
  "nothing": "null",
  "zero": "0",
  "minus zero": "-0",
  "an empty list": "[]",
};

/** Query values, as they stand in an address. */
export const queries: Record<string, string> = {
  "NUL": "a%00",
  "bytes that are no UTF-8": "%ff%fe",
  "an encoded surrogate": "%ed%a0%80",
  "an overlong slash": "%c0%af",
  "a broken escape": "%",
  "another broken escape": "%zz%u0000",
  "line breaks": "%0d%0aset-cookie:%20a=b",
  "zero-width characters": "%e2%80%8b%e2%80%8d",
  "right-to-left override": "%e2%80%aex",
  "a long word": "x".repeat(5_000),
  "a storm of combining marks": "Z" + "%cd%91".repeat(79),
  "SQL": "%27%29%3b%20drop%20table%20rooms%3b%20--",
  "operators of full-text search": "%26%20%7c%20%21%20%3a*%20%3c-%3e%20%28%20%22%20%27%20%5c",
  "what like means": "%25_%5c",
  "nothing": "",
};

/** The names of an object's fields, those of its variants included. */
export function fieldsOf(schema: GenericSchema | undefined): string[] {
  if (!schema) return [];
  const { entries, options } = schema as { entries?: Record<string, unknown>; options?: GenericSchema[] };
  return [...new Set([...Object.keys(entries ?? {}), ...(options ?? []).flatMap(fieldsOf)])];
}

/** A body as JSON text in which one field says `text`, whatever it said before. */
export const withField = (body: Record<string, unknown>, field: string, text: string): string => {
  const { [field]: _, ...others } = body;
  const rest = JSON.stringify(others).slice(1, -1);
  return `{${rest}${rest && ","}${JSON.stringify(field)}:${text}}`;
};

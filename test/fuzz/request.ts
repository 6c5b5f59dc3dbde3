import fc from "fast-check";
import type { Parameter } from "../../knative/openapi/operation.ts";
import type { Known } from "../contract.ts";
import * as junk from "./junk.ts";
import { known, valid } from "./schema.ts";

/** Who asks: somebody of a room, somebody who has left or has just come, or nobody that we know. */
export const callers = ["owner", "admin", "member", "stranger", "departed", "newcomer", "nobody", "forger"] as const;

/** One case. Ids of what exists stand in it as `$room0$`. */
export interface Case {
  as: (typeof callers)[number];
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** As it goes into a URL: lone surrogates cannot. */
export const encoded = (text: string) => encodeURIComponent(text.toWellFormed()).replace(/%24(\w+)%24/g, "$$$1$$");

export const kinds: Record<string, string> = { roomId: "room", messageId: "message", userId: "user" };

function segment({ name, schema }: Parameter): fc.Arbitrary<string> {
  const kind = kinds[name];
  const right = kind ? fc.nat(3).map((i) => `$${kind}${i}$`) : valid(schema).map((value) => encoded(String(value)));
  return fc.oneof(
    { weight: 12, arbitrary: right },
    { weight: 1, arbitrary: fc.oneof(known, fc.uuid()) },
    { weight: 2, arbitrary: fc.constantFrom(...junk.segments) },
    { weight: 1, arbitrary: junk.text.map(encoded).filter((text) => text !== "") },
  );
}

/** A sign-in that the browser of a case may have begun. */
const attempt = { state: "abc", nonce: "n", codeVerifier: "v", returnTo: "/" };

function pair({ name, schema }: Parameter): fc.Arbitrary<readonly string[]> {
  const particular: Record<string, fc.Arbitrary<unknown>> = { state: fc.constant(attempt.state), cursor: junk.cursors };
  const fitting = fc.oneof(valid(schema), particular[name] ?? valid(schema));
  const written = fitting.map((value) => `${name}=${encoded([value].flat().join())}`);
  const wrong = junk.text.map((text) => `${name}=${encoded(text)}`);
  const raw = fc.constantFrom(...junk.segments).map((text) => `${name}=${text}`);
  return fc.oneof(
    { weight: 6, arbitrary: written.map((one) => [one]) },
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: wrong.map((one) => [one]) },
    { weight: 1, arbitrary: raw.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(written, wrong) },
    { weight: 1, arbitrary: fc.constantFrom([name], [`${name}[]=1`], [`${name}=`], [`${name}=&&=&a`]) },
  );
}

function urlOf({ path, operation }: Known): fc.Arbitrary<string> {
  const { parameters = [] } = operation;
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const segments = fc.record(Object.fromEntries(inPath.map((parameter) => [parameter.name, segment(parameter)])));
  const query = fc.tuple(...parameters.filter((parameter) => parameter.in === "query").map(pair));
  return fc.tuple(segments, query).map(([segments, query]) => {
    const pairs = query.flat();
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => segments[name]!);
    return filled + (pairs.length > 0 ? `?${pairs.join("&")}` : "");
  });
}

/** A good value with one to three things wrong: a property dropped, set to junk, or added. */
function spoiled(good: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(9),
    extra: fc.constantFrom(...junk.forbidden),
    value: fc.oneof(junk.text, junk.json, known),
  });
  const how = fc.array(fc.tuple(fc.constantFrom("set", "drop", "add"), change), { minLength: 1, maxLength: 3 });
  return fc.tuple(good, how).map(([value, changes]) => {
    const entries = Object.entries(value as object);
    for (const [what, { at, extra, value }] of changes) {
      const i = entries.length > 0 ? at % entries.length : 0;
      if (what === "add" || entries.length === 0) entries.push([extra, value]);
      else if (what === "drop") entries.splice(i, 1);
      else entries[i] = [entries[i]![0], value];
    }
    return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
  });
}

function bodyOf({ operation }: Known): fc.Arbitrary<Case["body"]> {
  const schema = operation.requestBody?.content["application/json"]?.schema;
  if (!schema) return fc.constant(undefined);
  const good = valid(schema);
  return fc.oneof(
    { weight: 6, arbitrary: good.map((value) => JSON.stringify(value)) },
    { weight: 6, arbitrary: spoiled(good) },
    { weight: 1, arbitrary: junk.json.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.constantFrom(...junk.bodies) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const type = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ "content-type": "application/json" }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Record<string, string>>(
      {},
      { "content-type": "application/json; charset=utf-16" },
      { "content-type": "text/plain" },
      { "content-type": "multipart/form-data; boundary=x" },
      { "content-type": "application/jsonp" },
      { "content-type": ",;=" },
      { "content-type": "application/json", "content-encoding": "gzip" },
      { "content-type": "application/json", "content-length": "999999999" },
      { "content-type": "application/json", "x-http-method-override": "DELETE", "x-request-id": "x".repeat(100) },
    ),
  },
);

/** Cookies and the like, for those who need them: what auth operations read. */
const sessionHeaders = fc.record({
  cookie: fc.constantFrom(
    "",
    "parley-session=x",
    `parley-session=${"a".repeat(43)}.${"b".repeat(43)}`,
    "parley-login-abc={}",
    `parley-login-abc=${encodeURIComponent(JSON.stringify(attempt))}`,
    "parley-login-abc=%",
    "parley-access=x; parley-session=%00",
    "=;;=",
  ),
  origin: fc.constantFrom("http://localhost:8080", "null", "https://evil.example", ""),
  "x-parley": fc.constantFrom("1", "0"),
  accept: fc.constantFrom("*/*", "text/html", ""),
}, { requiredKeys: [] });

/** Requests to one operation: right, nearly right, and hostile. */
export function requests(operation: Known): fc.Arbitrary<Case> {
  const isAuth = operation.path.startsWith("/auth/");
  return fc.record({
    as: isAuth ? fc.constant("nobody" as const) : fc.oneof(
      { weight: 5, arbitrary: fc.constant("owner" as const) },
      { weight: 3, arbitrary: fc.constantFrom("admin" as const, "member" as const) },
      { weight: 3, arbitrary: fc.constantFrom(...callers) },
    ),
    url: urlOf(operation),
    headers: isAuth ? sessionHeaders : type,
    body: bodyOf(operation),
  });
}

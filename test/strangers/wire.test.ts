import net from "node:net";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { type DenoProcess, startFunction } from "../deno-process.ts";
import { aMessage, aRoom, aUser, chat, type Person } from "../world.ts";

/** What no client library sends, byte by byte to functions as Knative runs them: real Deno processes. */

let sender: DenoProcess, reader: DenoProcess;
let ada: Person, path: string, authorization: string;

beforeAll(async () => {
  ada = await aUser();
  path = `/api/rooms/${(await aRoom(ada)).id}/messages`;
  authorization = `Authorization: Bearer ${ada.token}`;
  const settings = inject("settings");
  [sender, reader] = await Promise.all([
    startFunction("chat/send-message", settings),
    startFunction("chat/list-messages", settings),
  ]);
});
afterEach(() => expect(sender.output() + reader.output()).not.toMatch(/"level":"(error|warn)"|panicked/));
afterAll(() => Promise.all([sender, reader].map((process) => process.stop())));

/** A whole answer: a head, and as much as it says. Who still owes a body is not hung up on. */
function isWhole(heard: string): boolean {
  const [head, ...body] = heard.split("\r\n\r\n");
  return body.length > 0 && body.join("\r\n\r\n").length >= Number(/content-length: (\d+)/i.exec(head!)?.[1]);
}

/** A connection, and what is said on it until the answer is there, or the end. */
function connect({ url }: DenoProcess) {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.setEncoding("latin1");
  let heard = "";
  const answer = new Promise<string>((done) => {
    socket.on("data", (text) => {
      heard += text;
      if (isWhole(heard)) socket.destroy();
    });
    socket.on("error", () => {}); // it closes, too
    socket.on("close", () => done(heard));
  });
  return { socket, answer };
}

async function exchange(process: DenoProcess, ...parts: (string | Uint8Array)[]): Promise<string> {
  const { socket, answer } = connect(process);
  for (const part of parts) socket.write(part);
  return await answer;
}

const head = (...lines: string[]) => [...lines, "Connection: close", "", ""].join("\r\n");
const posted = (...lines: string[]) =>
  head(`POST ${path} HTTP/1.1`, "Host: localhost", authorization, "Content-Type: application/json", ...lines);
const asked = (...lines: string[]) => head(`GET ${path} HTTP/1.1`, "Host: localhost", authorization, ...lines);

const status = (answer: string) => Number(/^HTTP\/1\.\d (\d+)/.exec(answer)?.[1]);
const problemIn = (answer: string) => /"type":"\/problems\/([a-z-]+)"/.exec(answer)?.[1];
const count = async () => (await chat()`select id from messages where sender_id = ${ada.id}`).length;

test("a body that comes by drops is given up after ten seconds, while others are served", async () => {
  const { socket, answer } = connect(sender);
  const before = await count();
  socket.write(posted("Content-Length: 1000"));
  const drops = setInterval(() => socket.write(" "), 250);

  const body = JSON.stringify(aMessage());
  const other = await exchange(sender, posted(`Content-Length: ${body.length}`), body);
  const late = await answer;
  clearInterval(drops);

  expect(status(other)).toBe(201);
  expect([status(late), problemIn(late)]).toEqual([408, "body-too-slow"]);
  expect(late).toContain("content-type: application/problem+json");
  expect(await count()).toBe(before + 1);
});

test("more than 64 KiB in chunks is 413, though nobody said how much would come", async () => {
  const chunks = Array(80).fill(`400\r\n${"x".repeat(1024)}\r\n`);

  const answer = await exchange(sender, posted("Transfer-Encoding: chunked"), ...chunks);

  expect([status(answer), problemIn(answer)]).toEqual([413, "body-too-large"]);
});

test("a body without end is 413 before it ends", async () => {
  const { socket, answer } = connect(sender);
  socket.write(posted("Transfer-Encoding: chunked"));
  const more = () => void socket.write(`2000\r\n${" ".repeat(8192)}\r\n`);
  const flow = setInterval(more, 5);

  const refusal = await answer;
  clearInterval(flow);

  expect(problemIn(refusal)).toBe("body-too-large");
  expect(await ok()).toBe(200);
});

test("who hangs up in the middle of a body is no error of ours", async () => {
  const { socket, answer } = connect(sender);
  const before = await count();
  const refused = () => sender.output().split('"status":400').length;
  const refusedBefore = refused();
  socket.write(posted("Content-Length: 1000") + '{"id":', () => socket.destroy());
  await answer;

  await expect.poll(refused, { timeout: 10_000 }).toBe(refusedBefore + 1);
  expect(await count()).toBe(before);
});

/** What the reader answers to a decent request, whatever came before. */
const ok = async () => status(await exchange(reader, asked()));

test.each<[string, () => (string | Uint8Array)[]]>([
  ["a chunk that is none", () => [posted("Transfer-Encoding: chunked"), "zz\r\nhello\r\n0\r\n\r\n"]],
  ["a chunk larger than memory", () => [posted("Transfer-Encoding: chunked"), "ffffffffffffffffff\r\nx"]],
  ["two lengths", () => [posted("Content-Length: 3", "Content-Length: 4"), "abcd"]],
  ["a length and chunks", () => [posted("Content-Length: 3", "Transfer-Encoding: chunked"), "0\r\n\r\n"]],
  ["a negative length", () => [posted("Content-Length: -3"), "abc"]],
  ["a length beyond all numbers", () => [posted(`Content-Length: ${"9".repeat(40)}`), "abc"]],
  ["an encoding that nobody knows", () => [posted("Transfer-Encoding: gzip, chunked"), "0\r\n\r\n"]],
])("%s is refused or the connection closed: nothing is written", async (_, parts) => {
  const before = await count();

  const answer = await exchange(sender, ...parts());

  expect(status(answer) || 400).toBeOneOf([400, 415]);
  expect(await count()).toBe(before);
});

test.each<[string, () => (string | Uint8Array)[]]>([
  ["a header of 1 MB", () => [asked(`X-Bomb: ${"x".repeat(1_000_000)}`)]],
  ["10 000 headers", () => [asked(...Array.from({ length: 10_000 }, (_, i) => `X-${i}: ${i}`))]],
  ["20 000 cookies", () => [asked(`Cookie: ${"a=b; ".repeat(20_000)}`)]],
  [
    "a token of 500 KB",
    () => [head(`GET ${path} HTTP/1.1`, "Host: x", `Authorization: Bearer ${"x".repeat(500_000)}`)],
  ],
  ["an address of 1 MB", () => [head(`GET ${path}?q=${"x".repeat(1_000_000)} HTTP/1.1`, "Host: x", authorization)]],
  ["bytes in its address", () => [new Uint8Array([...Buffer.from("GET /api/"), 0xff, 0xfe]), asked().slice(3)]],
  ["NUL in a header", () => [asked("X-A: a\0b")]],
  ["a header on two lines", () => [asked("X-A: a\r\n b")]],
  ["a method that is none", () => [head(`<GET> ${path} HTTP/1.1`, "Host: x", authorization)]],
  ["no HTTP", () => ["\x16\x03\x01\x00\xff hello\r\n\r\n"]],
])("a request with %s is 4xx, and the next one is served", async (_, parts) => {
  const answer = await exchange(reader, ...parts());

  expect(status(answer) || 400).toBeOneOf([400, 401, 414, 431]);
  expect(await ok()).toBe(200);
});

test.each(["%%%", "[", "a b", "x:99999", "<>", "user:pw@host", "xn--a", "", "a/b?c#d@evil"])(
  "a Host that is none (%s) is no error of ours",
  async (host) => {
    const answer = await exchange(reader, head(`GET ${path} HTTP/1.1`, `Host: ${host}`, authorization));

    expect(status(answer)).toBeOneOf([200, 400, 404]);
  },
);

test.each(["TRACE", "OPTIONS", "PUT", "PROPFIND", "M-SEARCH"])(
  "%s is no method of this operation: 404",
  async (method) => {
    const answer = await exchange(reader, head(`${method} ${path} HTTP/1.1`, "Host: x", authorization));

    expect([status(answer), problemIn(answer)]).toEqual([404, "not-found"]);
  },
);

test("a GET whose body nobody asked for is answered as one without", async () => {
  const [plain, sized, chunked] = [
    await exchange(reader, asked()),
    await exchange(reader, asked("Content-Length: 13"), '{"limit":"0"}'),
    await exchange(reader, asked("Transfer-Encoding: chunked"), "5\r\nhello\r\n"), // and no end
  ];

  const body = (answer: string) => answer.split("\r\n\r\n")[1];
  expect([status(plain), status(sized), status(chunked)]).toEqual([200, 200, 200]);
  expect([body(sized), body(chunked)]).toEqual([body(plain), body(plain)]);
});

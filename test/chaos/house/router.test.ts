import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../../redis-server.ts";
import { makeRandom } from "../random.ts";
import { makeRouter, notSentHeader } from "./router.ts";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

const name = "chat/send-message";
const path = "/api/rooms/tea/messages";

/** A copy of a function that says its name, and what it was asked. */
async function aReplica(says: string) {
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    asked.push(request.url!);
    answer.end(says);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { name, url: `http://127.0.0.1:${port}`, asked } as const;
}

const gone = async () => ({ name, url: `http://127.0.0.1:${await freePort()}` } as const);

test("copies of a function take turns, and one that refuses the connection is passed over", async () => {
  const { fetch } = makeRouter([await aReplica("one"), await gone(), await aReplica("two")], makeRandom(1));

  const said = [];
  for (let i = 0; i < 4; i++) said.push(await (await fetch(path, { method: "POST" })).text());

  expect(said).toEqual(["one", "two", "one", "two"]);
});

test("when no copy is there, the answer says that nobody has seen the request", async () => {
  const { fetch } = makeRouter([await gone()], makeRandom(1));

  const answer = await fetch(path, { method: "POST" });

  expect(answer.status).toBe(503);
  expect(answer.headers.has(notSentHeader)).toBe(true);
});

test("a lost answer fails although the request was carried out, and a repeated send is carried out twice", async () => {
  const replica = await aReplica("done");
  const { fetch, mischief } = makeRouter([replica], makeRandom(1));

  mischief.answersLost = 1;
  await expect(fetch(path, { method: "POST" })).rejects.toThrow(TypeError);
  Object.assign(mischief, { answersLost: 0, sendsRepeated: 1 });
  await fetch(path, { method: "POST" });

  await expect.poll(() => replica.asked.length).toBe(3);
});

import { afterEach, expect, inject, test } from "vitest";
import { type FunctionName, functions } from "../functions/registry.ts";
import { type DenoProcess, startFunction } from "./deno-process.ts";
import { aMessage, aRoom, aUser, type Person } from "./world.ts";

/** The functions as Knative runs them: real Deno processes with least permissions, against real Postgres. */

const running: DenoProcess[] = [];
const start = async (name: FunctionName) => {
  const started = await startFunction(name, inject("settings"));
  running.push(started);
  return started;
};
afterEach(() => Promise.all(running.splice(0).map((process) => process.stop())));

const authorization = ({ token }: Person) => ({ authorization: `Bearer ${token}` });
const body = (of: unknown) => ({ method: "POST", body: JSON.stringify(of) });

test.each(Object.keys(functions) as FunctionName[])("%s starts and answers as a process of its own", async (name) => {
  const { url } = await start(name);

  const res = await fetch(`${url}/healthz`);

  expect(await res.text()).toBe("ok");
});

test("send-message stores and answers, a repeat too, and its first answer says what the cold start took", async () => {
  const ada = await aUser();
  const room = await aRoom(ada);
  const { url, output } = await start("chat/send-message");
  const headers = { ...authorization(ada), "content-type": "application/json" };
  const message = aMessage("from a process");
  const send = () => fetch(`${url}/api/rooms/${room.id}/messages`, { headers, ...body(message) });

  const [first, again] = [await send(), await send()];

  expect([first.status, again.status]).toEqual([201, 200]);
  expect(await first.json()).toMatchObject({ ...message, seq: 1, rev: 2 });
  expect(first.headers.get("server-timing")).toMatch(/app;dur=[\d.]+, cold;dur=[\d.]+/);
  expect(again.headers.get("server-timing")).not.toContain("cold");
  const lines = output().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  expect(lines).toMatchObject([{ route: "POST /api/rooms/:roomId/messages", status: 201, userId: ada.id }, {
    status: 200,
  }]);
  expect(output()).not.toMatch(/from a process|NotCapable/);
});

test("a message sent by one process arrives on the stream of another", async () => {
  const [ada, bob] = [await aUser(), await aUser()];
  const room = await aRoom(ada, bob);
  const [sender, streams] = await Promise.all([start("chat/send-message"), start("chat/stream-events")]);
  const stream = await fetch(`${streams.url}/api/events`, { headers: authorization(bob) });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  async function hear(words: string) {
    while (!heard.includes(words)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended after ${heard}`);
      heard += value;
    }
  }
  await hear("event: hello");

  const headers = { ...authorization(ada), "content-type": "application/json" };
  await fetch(`${sender.url}/api/rooms/${room.id}/messages`, { headers, ...body(aMessage("across")) });

  await hear("across");
  await reader.cancel();
});

test("on SIGTERM a stream says when to come back and ends, and the process leaves with 0", async () => {
  const ada = await aUser();
  const { url, stop } = await start("chat/stream-events");
  const stream = await fetch(`${url}/api/events`, { headers: authorization(ada) });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  await reader.read();

  const code = stop();
  let rest = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) rest += chunk.value;

  expect(rest).toMatch(/retry: \d+/);
  expect(await code).toBe(0);
});

test("a function whose setting is missing says which, in its log and not in its answer", async () => {
  const { CHAT_DATABASE_URL: _, ...settings } = inject("settings");
  const { url, output, stop } = await startFunction("chat/list-rooms", settings);

  const res = await fetch(`${url}/api/rooms`, { headers: authorization(await aUser()) });

  expect(res.status).toBe(500);
  expect(await res.text()).not.toContain("CHAT_DATABASE_URL");
  await stop();
  expect(output()).toContain("the setting CHAT_DATABASE_URL is missing");
});

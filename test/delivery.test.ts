import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Message } from "../functions/chat/model.ts";
import { type DenoProcess, startFunction } from "./deno-process.ts";
import { aMessage, aRoom, chat, type Person, users } from "./world.ts";

/** What we promise of delivery, through HTTP, against functions that run as processes of their own. */

const headers = ({ token }: Person) => ({ authorization: `Bearer ${token}`, "content-type": "application/json" });

const post = (url: string, as: Person, body: unknown) =>
  fetch(url, { method: "POST", headers: headers(as), body: JSON.stringify(body) });

describe("a thousand messages by twenty senders at once, through two processes", () => {
  const senders = 20, each = 50;
  let processes: DenoProcess[];
  beforeAll(async () => {
    const settings = inject("settings");
    processes = await Promise.all([1, 2].map(() => startFunction("chat/send-message", settings)));
  });
  afterAll(() => Promise.all(processes.map((process) => process.stop())));

  test("have seq 1 to 1000 without a hole or a double, and repeating each changes nothing", async () => {
    const people = await users(senders);
    const room = await aRoom(people[0]!, ...people.slice(1));
    const messages = people.map(() => Array.from({ length: each }, (_, i) => aMessage(`message ${i}`)));
    const sendAll = () =>
      Promise.all(people.map(async (person, i) => {
        const answers: { status: number; message: Message }[] = [];
        for (const message of messages[i]!) {
          const { url } = processes[answers.length % processes.length]!;
          const res = await post(`${url}/api/rooms/${room.id}/messages`, person, message);
          answers.push({ status: res.status, message: await res.json() as Message });
        }
        return answers;
      }));

    const first = (await sendAll()).flat();
    const again = (await sendAll()).flat();

    const everyPlace = Array.from({ length: senders * each }, (_, i) => i + 1);
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([201]));
    expect(first.map(({ message }) => message.seq).sort((a, b) => a - b)).toEqual(everyPlace);
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
    expect(again.map(({ message }) => message)).toEqual(first.map(({ message }) => message));
    const stored = await chat()<{ seq: number }[]>`select seq from messages where room_id = ${room.id} order by seq`;
    expect(stored.map(({ seq }) => seq)).toEqual(everyPlace);
    expect([...await chat()`select rev, last_seq from rooms where id = ${room.id}`])
      .toEqual([{ rev: senders * each + 1, lastSeq: senders * each }]);
  });
});

test("with the gateway gone, sends succeed and a listener learns of them from the next heartbeat", async () => {
  const settings = { ...inject("settings"), UPSTASH_REDIS_REST_URL: "http://127.0.0.1:9" };
  const [sender, streams] = await Promise.all([
    startFunction("chat/send-message", settings),
    startFunction("chat/stream-events", settings),
  ]);
  const [ada, bob] = await users(2) as [Person, Person];
  const room = await aRoom(ada, bob);
  const stream = await fetch(`${streams.url}/api/events`, { headers: headers(bob) });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  const hear = async (words: string) => {
    while (!heard.includes(words)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended after ${heard}`);
      heard += value;
    }
  };
  await hear("event: hello");

  const res = await post(`${sender.url}/api/rooms/${room.id}/messages`, ada, aMessage());

  expect(res.status).toBe(201);
  await hear(`"heads":{"${room.id}":2}`);
  await reader.cancel();
  await Promise.all([sender.stop(), streams.stop()]);
});

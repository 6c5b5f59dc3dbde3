import { describe, expect, test } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { aClient, unheard } from "../testing/aClient.ts";
import { settle } from "../time/makeTestClock.ts";
import { isWhole, unreadIn } from "./RoomState.ts";

describe("catching up", () => {
  test("by several pages shows nothing until the last page is in", async () => {
    const { server, sync, shown, tea, texts } = await aClient({ changesPerPage: 2, messages: 1 });
    await sync.open("tea");
    const first = tea().messages![0]!;
    unheard(server, () => {
      for (let i = 2; i <= 6; i++) server.say("tea", `${i}`);
      server.edit(server.at("tea").messages[1]!, "2 edited"); // so that seq 2 comes on the last page
      server.edit(first, "1 edited");
    });

    sync.hear(server.hello());
    await settle();

    expect(texts()).toEqual(["1 edited", "2 edited", "3", "4", "5", "6"]);
    expect(server.asked.filter((request) => request === "changes")).toHaveLength(3);
    expect(shown.every(isWhole)).toBe(true);
  });

  test("that the server calls truncated reloads the room", async () => {
    const { server, sync, texts, tea } = await aClient({ messages: 1 });
    await sync.open("tea");
    unheard(server, () => {
      server.say("tea", "2");
      server.rename("tea", "coffee");
    });
    server.truncate();

    sync.hear(server.hello());
    await settle();

    expect(texts()).toEqual(["1", "2"]);
    expect(tea()).toMatchObject({ name: "coffee", rev: 4 });
  });

  test("goes on when the server answers again", async () => {
    const { server, sync, texts, clock } = await aClient();
    await sync.open("tea");
    unheard(server, () => server.say("tea", "missed"));
    server.fail(new RequestFailed(503));

    sync.hear({ type: "heartbeat", heads: { tea: 2 }, reads: {} });
    await clock.advance(5_000);
    server.fail();
    await clock.advance(40_000);

    expect(texts()).toEqual(["missed"]);
  });

  test("after deafness follows from a heartbeat's heads", async () => {
    const { server, sync, texts } = await aClient();
    await sync.open("tea");
    unheard(server, () => server.say("tea", "unheard"));

    sync.hear({ type: "heartbeat", heads: { tea: 2 }, reads: {} });
    await settle();

    expect(texts()).toEqual(["unheard"]);
  });

  test("after hours leaves no hole, however much was said", async () => {
    const { server, sync, texts } = await aClient({ changesPerPage: 7, messages: 3 });
    await sync.open("tea");
    unheard(server, () => {
      for (let i = 4; i <= 200; i++) server.say("tea", `${i}`);
    });
    server.listen(sync.hear);

    sync.hear(server.hello());
    server.say("tea", "201");
    await settle();
    await settle();
    await settle();

    expect(texts()).toEqual(Array.from({ length: 201 }, (_, i) => `${i + 1}`));
  });
});

describe("after a night away", () => {
  /** A client that read to 60 of 60 messages, and misses ten thousand changes. */
  async function aSleeper() {
    const client = await aClient({ messages: 60 });
    await client.sync.open("tea");
    client.sync.read("tea", 60);
    await client.clock.advance(1_000);
    unheard(client.server, () => {
      for (let i = 61; i <= 9_560; i++) client.server.say("tea", `${i}`);
      const [first] = client.server.at("tea").messages.slice(40);
      for (let i = 0; i < 500; i++) client.server.edit(first!, `edited ${i}`);
    });
    client.server.asked.length = 0;
    return client;
  }

  test("ten thousand changes take two requests, and what was seen stays in view", async () => {
    const { server, sync, tea, texts } = await aSleeper();

    sync.hear(server.hello());
    await settle();

    expect(server.asked.toSorted()).toEqual(["messages", "room"]);
    expect(unreadIn(tea())).toBe(9_500);
    expect(tea()).toMatchObject({ rev: 10_061, lastSeq: 9_560, hasOlder: true, hasNewer: true });
    expect(texts()).toHaveLength(100);
    expect(texts()!.slice(30, 51)).toEqual(["edited 499", ...Array.from({ length: 20 }, (_, i) => `${i + 42}`)]);
  });

  test("one asks and learns only then how far behind it is: one request more", async () => {
    const { server, sync, tea } = await aSleeper();

    await sync.check("tea");

    expect(server.asked.toSorted()).toEqual(["changes", "messages", "room"]);
    expect(unreadIn(tea())).toBe(9_500);
  });

  test("the window goes on page by page, and grows by what is new only at the end", async () => {
    const { server, sync, tea, texts } = await aSleeper();
    sync.hear(server.hello());
    await settle();
    server.listen(sync.hear);

    await sync.grow("tea", "newer");
    server.say("tea", "new");
    const meanwhile = texts()!.at(-1);
    await sync.turnTo("tea", null);
    server.say("tea", "newer");

    expect(meanwhile).toBe("160");
    expect(tea().lastMessage?.content).toBe("newer");
    expect(texts()!.slice(-3)).toEqual(["9560", "new", "newer"]);
    expect(tea().hasNewer).toBe(false);
    expect(isWhole(tea())).toBe(true);
  });

  test("a room that nobody looks at takes one request", async () => {
    const { server, sync, tea } = await aClient({ messages: 5 });
    unheard(server, () => {
      for (let i = 6; i <= 10_005; i++) server.say("tea", `${i}`);
    });
    server.asked.length = 0;

    sync.hear(server.hello());
    await settle();

    expect(server.asked).toEqual(["room"]);
    expect(unreadIn(tea())).toBe(10_005);
  });

  test("many rooms that moved, ended and began take one list", async () => {
    const { server, sync, known } = await aClient();
    for (let i = 0; i < 80; i++) server.room(`room ${i}`);
    sync.hear(server.hello());
    await settle();
    unheard(server, () => {
      for (let i = 0; i < 80; i++) server.say(`room ${i}`, "morning");
      for (let i = 80; i < 90; i++) server.room(`room ${i}`);
      server.part("room 7", "me");
    });
    server.asked.length = 0;

    sync.hear(server.hello());
    await settle();

    expect(server.asked.toSorted()).toEqual(["changes", "rooms"]);
    expect(known.size).toBe(90);
    expect([...known.values()].filter((room) => unreadIn(room) === 1)).toHaveLength(79);
  });
});

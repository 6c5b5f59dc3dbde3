import { describe, expect, test } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { aClient, unheard } from "../testing/aClient.ts";
import { makeServer } from "../testing/makeServer.ts";
import { makeTestClock, settle } from "../time/makeTestClock.ts";
import { isWhole, type RoomState } from "./RoomState.ts";
import { makeSync } from "./makeSync.ts";

describe("a stream event", () => {
  test("that is the next one is applied without asking the server", async () => {
    const { server, sync, texts, tea } = await aClient();
    await sync.open("tea");
    server.asked.length = 0;

    server.say("tea", "hello");
    server.say("tea", "there");

    expect(texts()).toEqual(["hello", "there"]);
    expect(tea().rev).toBe(3);
    expect(server.asked).toEqual([]);
  });

  test("that comes twice changes nothing the second time", async () => {
    const { server, sync, texts } = await aClient();
    await sync.open("tea");
    const message = server.say("tea", "once");

    sync.hear({ type: "message.created", roomId: "tea", rev: message.rev, message });

    expect(texts()).toEqual(["once"]);
  });

  test("after a gap makes the client fetch what is between", async () => {
    const { server, sync, texts, tea } = await aClient();
    await sync.open("tea");
    unheard(server, () => server.say("tea", "missed"));
    server.listen(sync.hear);

    server.say("tea", "heard");
    await settle();

    expect(texts()).toEqual(["missed", "heard"]);
    expect(tea().rev).toBe(3);
  });

  test("that is late, its gap already filled, is ignored", async () => {
    const { server, sync, texts } = await aClient();
    await sync.open("tea");
    const [first, second] = unheard(server, () => {
      server.say("tea", "1");
      server.say("tea", "2");
    });

    sync.hear(second!);
    sync.hear(first!);
    await settle();

    expect(texts()).toEqual(["1", "2"]);
  });

  test("that arrives during a fetch is applied after it, once", async () => {
    const { server, sync, texts, tea } = await aClient({ messages: 2 });

    const opening = sync.open("tea");
    server.say("tea", "3");
    await Promise.resolve();
    server.say("tea", "4");
    await opening;
    await settle();

    expect(texts()).toEqual(["1", "2", "3", "4"]);
    expect(tea().rev).toBe(5);
  });

  test("of an unknown room makes the client fetch the room", async () => {
    const { server, known } = await aClient();

    server.room("new");
    server.say("new", "welcome");
    await settle();

    expect(known.get("new")).toMatchObject({ lastSeq: 1, lastMessage: { content: "welcome" } });
  });

  test("of a kind from a later release keeps the count", async () => {
    const { server, sync, texts } = await aClient();
    await sync.open("tea");
    server.at("tea").room.rev++;

    sync.hear({ type: "poll.opened", roomId: "tea", rev: 2 } as never);
    server.asked.length = 0;
    server.say("tea", "next");

    expect(texts()).toEqual(["next"]);
    expect(server.asked).toEqual([]);
  });
});

describe("history", () => {
  test("grows upward page by page to the first message", async () => {
    const { sync, texts, tea } = await aClient({ messages: 120 });
    await sync.open("tea");

    await sync.grow("tea", "older");
    await sync.grow("tea", "older");
    await sync.grow("tea", "older");

    expect(texts()).toEqual(Array.from({ length: 120 }, (_, i) => `${i + 1}`));
    expect(tea().hasOlder).toBe(false);
  });

  test("that was edited while its page was on the way shows the edit", async () => {
    const { server, sync, texts } = await aClient({ messages: 60 });
    await sync.open("tea");
    const stale = await server.api.listMessages("tea", { before: 11, limit: 50 });
    server.edit(server.at("tea").messages[0]!, "edited");
    server.api.listMessages = () => Promise.resolve(stale);

    await sync.grow("tea", "older");
    await settle();

    expect(texts()?.[0]).toBe("edited");
  });

  test("is folded to its newest page when the room is left", async () => {
    const { sync, texts, tea } = await aClient({ messages: 80 });
    await sync.open("tea");
    await sync.grow("tea", "older");

    sync.close("tea");

    expect(texts()).toHaveLength(50);
    expect(tea().hasOlder).toBe(true);
  });

  test("around a place that the room does not have is its newest", async () => {
    const { sync, texts, tea } = await aClient({ messages: 60 });

    await sync.open("tea", 4_000);

    expect(texts()!.at(-1)).toBe("60");
    expect(isWhole(tea())).toBe(true);
  });

  test("that fails to load says so, and the room stays", async () => {
    const { server, sync, texts } = await aClient({ messages: 60 });
    await sync.open("tea");
    server.fail(new RequestFailed(500));

    const failure = await sync.grow("tea", "older").catch((error) => error);

    expect(failure).toBeInstanceOf(RequestFailed);
    expect(texts()).toHaveLength(50);
  });
});

test("events that come before the list of rooms wait for it", async () => {
  const server = makeServer();
  const known = new Map<string, RoomState | null>();
  server.room("tea");
  const clock = makeTestClock();
  const sync = makeSync({ api: server.api, myId: "me", clock, onRoom: (id, room) => known.set(id, room) });
  server.listen(sync.hear);
  server.fail(new RequestFailed(503));

  void sync.start();
  server.say("tea", "early");
  server.fail();
  await clock.advance(2_000);

  expect(known.get("tea")).toMatchObject({ rev: 2, lastMessage: { content: "early" } });
});

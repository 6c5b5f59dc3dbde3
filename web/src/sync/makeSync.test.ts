import { describe, expect, test } from "vitest";
import type { ChatEvent } from "../../../functions/chat/schema.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { makeServer } from "../testing/makeServer.ts";
import { makeTestClock, settle } from "../time/makeTestClock.ts";
import { makeSync } from "./makeSync.ts";
import { isWhole, type RoomState, unreadIn } from "./RoomState.ts";

/** A server with one room, a client that listens to it, and what the client knows. */
async function aClient({ changesPerPage = 100, messages = 0 } = {}) {
  const server = makeServer("me", { changesPerPage });
  const clock = makeTestClock();
  const known = new Map<string, RoomState>(), shown: RoomState[] = [];
  const onRoom = (id: string, room: RoomState | null) => {
    if (room) shown.push(room);
    room ? known.set(id, room) : known.delete(id);
  };
  const sync = makeSync({ api: server.api, myId: "me", clock, onRoom });
  server.room("tea");
  for (let i = 1; i <= messages; i++) server.say("tea", `${i}`);
  await sync.start();
  server.listen(sync.hear);
  const texts = () => known.get("tea")?.messages?.map(({ content }) => content);
  return { server, clock, known, shown, sync, texts, tea: () => known.get("tea")! };
}

/** Do something that the client hears nothing of, then or later; the events it missed. */
function unheard(server: ReturnType<typeof makeServer>, act: () => void): ChatEvent[] {
  const missed: ChatEvent[] = [];
  server.listen((event) => missed.push(event));
  act();
  return missed;
}

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

    sync.hear({ type: "reaction.changed", roomId: "tea", rev: 2 } as never);
    server.asked.length = 0;
    server.say("tea", "next");

    expect(texts()).toEqual(["next"]);
    expect(server.asked).toEqual([]);
  });
});

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

    sync.hear({ type: "heartbeat", heads: { tea: 2 } });
    await clock.advance(5_000);
    server.fail();
    await clock.advance(40_000);

    expect(texts()).toEqual(["missed"]);
  });

  test("after deafness follows from a heartbeat's heads", async () => {
    const { server, sync, texts } = await aClient();
    await sync.open("tea");
    unheard(server, () => server.say("tea", "unheard"));

    sync.hear({ type: "heartbeat", heads: { tea: 2 } });
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

describe("membership", () => {
  test("that ends drops the room, and late news do not bring it back", async () => {
    const { server, known, sync } = await aClient();
    const message = server.say("tea", "bye");

    server.remove("tea", "me");
    sync.hear({ type: "message.created", roomId: "tea", rev: message.rev, message });
    await settle();

    expect(known.has("tea")).toBe(false);
  });

  test("that ended unheard is found out by a null head", async () => {
    const { server, known, sync } = await aClient();
    unheard(server, () => server.remove("tea", "me"));

    sync.hear({ type: "heartbeat", heads: { tea: null } });
    await settle();

    expect(known.has("tea")).toBe(false);
  });

  test("that ended unheard is found out by a hello without the room", async () => {
    const { server, known, sync } = await aClient();
    unheard(server, () => server.remove("tea", "me"));

    sync.hear(server.hello());
    await settle();

    expect(known.has("tea")).toBe(false);
  });

  test("that begins again brings the room back", async () => {
    const { server, known } = await aClient();

    server.remove("tea", "me");
    server.add("tea", "me");
    await settle();

    expect(known.get("tea")).toMatchObject({ rev: 3 });
  });

  test("that began unheard is found out by hello", async () => {
    const { server, known, sync } = await aClient();
    unheard(server, () => server.room("new"));

    sync.hear(server.hello());
    await settle();

    expect(known.has("new")).toBe(true);
  });

  test("of others shows in an open room", async () => {
    const { server, sync, tea } = await aClient();
    await sync.open("tea");

    server.add("tea", "bob");
    server.add("tea", "bob", "admin");
    server.remove("tea", "ada");

    expect(tea().members).toMatchObject([{ userId: "me", role: "owner" }, { userId: "bob", role: "admin" }]);
  });
});

describe("history", () => {
  test("grows upward page by page to the first message", async () => {
    const { sync, texts, tea } = await aClient({ messages: 120 });
    await sync.open("tea");

    await sync.loadOlder("tea");
    await sync.loadOlder("tea");
    await sync.loadOlder("tea");

    expect(texts()).toEqual(Array.from({ length: 120 }, (_, i) => `${i + 1}`));
    expect(tea().hasOlder).toBe(false);
  });

  test("that was edited while its page was on the way shows the edit", async () => {
    const { server, sync, texts } = await aClient({ messages: 60 });
    await sync.open("tea");
    const stale = await server.api.listMessages("tea", { before: 11, limit: 50 });
    server.edit(server.at("tea").messages[0]!, "edited");
    server.api.listMessages = () => Promise.resolve(stale);

    await sync.loadOlder("tea");
    await settle();

    expect(texts()?.[0]).toBe("edited");
  });

  test("is folded to its newest page when the room is left", async () => {
    const { sync, texts, tea } = await aClient({ messages: 80 });
    await sync.open("tea");
    await sync.loadOlder("tea");

    sync.close("tea");

    expect(texts()).toHaveLength(50);
    expect(tea().hasOlder).toBe(true);
  });

  test("that fails to load says so, and the room stays", async () => {
    const { server, sync, texts } = await aClient({ messages: 60 });
    await sync.open("tea");
    server.fail(new RequestFailed(500));

    const failure = await sync.loadOlder("tea").catch((error) => error);

    expect(failure).toBeInstanceOf(RequestFailed);
    expect(texts()).toHaveLength(50);
  });
});

describe("reading", () => {
  test("moves the marker at once and tells the server once for a burst", async () => {
    const { server, sync, tea, clock } = await aClient({ messages: 5 });

    sync.read("tea", 2);
    sync.read("tea", 5);
    sync.read("tea", 3);
    await clock.advance(1_000);

    expect(unreadIn(tea())).toBe(0);
    expect(server.asked.filter((request) => request.startsWith("mark"))).toEqual(["mark 5"]);
  });

  test("is told again until the server has heard", async () => {
    const { server, sync, clock } = await aClient({ messages: 5 });
    server.fail(new RequestFailed(null));

    sync.read("tea", 5);
    await clock.advance(1_000);
    server.fail();
    await clock.advance(60_000);

    expect(server.at("tea").participants[0]!.lastReadSeq).toBe(5);
  });

  test("by another device of mine moves my marker too, never back", async () => {
    const { sync, tea } = await aClient({ messages: 5 });

    sync.hear({ type: "read.advanced", roomId: "tea", userId: "me", lastReadSeq: 4 });
    sync.hear({ type: "read.advanced", roomId: "tea", userId: "me", lastReadSeq: 2 });

    expect(unreadIn(tea())).toBe(1);
  });

  test("of what I send is implied", async () => {
    const { server, tea } = await aClient({ messages: 2 });

    server.say("tea", "mine", { from: "me" });

    expect(unreadIn(tea())).toBe(0);
  });
});

describe("my own message", () => {
  test("acknowledged before its event shows once", async () => {
    const { server, sync, texts } = await aClient();
    await sync.open("tea");
    const [event] = unheard(server, () => server.say("tea", "mine", { from: "me" }));

    sync.acknowledge(server.at("tea").messages[0]!);
    sync.hear(event!);

    expect(texts()).toEqual(["mine"]);
  });

  test("acknowledged across a gap brings what others said before it", async () => {
    const { server, sync, texts } = await aClient();
    await sync.open("tea");
    unheard(server, () => {
      server.say("tea", "theirs");
      server.say("tea", "mine", { from: "me" });
    });

    sync.acknowledge(server.at("tea").messages[1]!);
    await settle();

    expect(texts()).toEqual(["theirs", "mine"]);
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

import { describe, expect, test } from "vitest";
import type { ChatEvent } from "../../../functions/chat/model.ts";
import { RequestFailed } from "../api/RequestFailed.ts";
import { makeServer } from "../testing/makeServer.ts";
import { makeTestClock, settle } from "../time/makeTestClock.ts";
import { makeSync } from "./makeSync.ts";
import { isWhole, type RoomState, unreadIn } from "./RoomState.ts";

/** A server with one room, a client that listens to it, and what the client knows. */
async function aClient({ changesPerPage = 100, messages = 0, onRefused = (_: unknown) => {} } = {}) {
  const server = makeServer("me", { changesPerPage });
  const clock = makeTestClock();
  const known = new Map<string, RoomState>(), shown: RoomState[] = [];
  const onRoom = (id: string, room: RoomState | null) => {
    if (room) shown.push(room);
    room ? known.set(id, room) : known.delete(id);
  };
  const sync = makeSync({ api: server.api, myId: "me", clock, onRoom, onRefused });
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

    sync.hear({ type: "poll.opened", roomId: "tea", rev: 2 } as never);
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

describe("membership", () => {
  test("that ends drops the room, and late news do not bring it back", async () => {
    const { server, known, sync } = await aClient();
    const message = server.say("tea", "bye");

    server.part("tea", "me");
    sync.hear({ type: "message.created", roomId: "tea", rev: message.rev, message });
    await settle();

    expect(known.has("tea")).toBe(false);
  });

  test("that ended unheard is found out by a null head", async () => {
    const { server, known, sync } = await aClient();
    unheard(server, () => server.part("tea", "me"));

    sync.hear({ type: "heartbeat", heads: { tea: null }, reads: {} });
    await settle();

    expect(known.has("tea")).toBe(false);
  });

  test("that ended unheard is found out by a hello without the room", async () => {
    const { server, known, sync } = await aClient();
    unheard(server, () => server.part("tea", "me"));

    sync.hear(server.hello());
    await settle();

    expect(known.has("tea")).toBe(false);
  });

  test("that begins again brings the room back", async () => {
    const { server, known } = await aClient();

    server.part("tea", "me");
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

  test("that ended and began again unheard goes on where it was", async () => {
    const { server, sync, tea, texts } = await aClient({ messages: 3 });
    await sync.open("tea");
    unheard(server, () => {
      server.part("tea", "me");
      server.say("tea", "4");
      server.add("tea", "me");
      server.say("tea", "5");
    });

    sync.hear(server.hello());
    await settle();

    expect(texts()).toEqual(["1", "2", "3", "4", "5"]);
    expect(tea()).toMatchObject({ role: "member", lastReadSeq: 4 });
  });

  test("that ended and began again before our eyes shows the messages again", async () => {
    const { server, sync, known, texts } = await aClient({ messages: 3 });
    await sync.open("tea");

    server.part("tea", "me");
    const meanwhile = known.has("tea");
    server.add("tea", "me");
    await settle();

    expect(meanwhile).toBe(false);
    expect(texts()).toEqual(["1", "2", "3"]);
  });

  test("ends with the room, whether we hear of it or were away", async () => {
    const { server, sync, known } = await aClient();
    server.room("coffee");
    server.room("cake");
    sync.hear(server.hello());
    await settle();

    server.raze("tea");
    const heard = known.has("tea");
    unheard(server, () => server.raze("coffee"));
    sync.hear(server.heartbeat(["coffee"]));
    await settle();
    const beaten = known.has("coffee");
    unheard(server, () => server.raze("cake"));
    sync.hear(server.hello());
    await settle();

    expect([heard, beaten, known.has("cake")]).toEqual([false, false, false]);
  });

  test("of mine brings how far I had read with it, and never takes it back", async () => {
    const { server, sync, tea } = await aClient({ messages: 4 });
    sync.hear({ type: "read.advanced", roomId: "tea", userId: "me", lastReadSeq: 3 });

    server.add("tea", "me", "admin"); // at 0, as this server has it
    const kept = unreadIn(tea());
    server.at("tea").participants[0]!.lastReadSeq = 4;
    server.add("tea", "me", "member");

    expect([kept, unreadIn(tea())]).toEqual([1, 0]);
    expect(tea().role).toBe("member");
  });

  test("of more people than a room comes with is got when asked for, with who joined meanwhile", async () => {
    const { server, sync, known } = await aClient();
    server.room("hall", ["me", ...Array.from({ length: 349 }, (_, i) => `person ${i}`)]);
    await sync.open("hall");
    const first = known.get("hall")!;

    const loading = sync.loadMembers("hall");
    server.add("hall", "latecomer");
    await loading;
    await settle();

    expect([first.members!.length, first.hasMoreMembers]).toEqual([200, true]);
    expect(known.get("hall")).toMatchObject({ hasMoreMembers: false, rev: 2 });
    expect(new Set(known.get("hall")!.members!.map(({ userId }) => userId)).size).toBe(351);
    expect(known.get("hall")!.members).toHaveLength(351);
  });

  test("of others shows in an open room", async () => {
    const { server, sync, tea } = await aClient();
    await sync.open("tea");

    server.add("tea", "bob");
    server.add("tea", "bob", "admin");
    server.part("tea", "ada");

    expect(tea().members).toMatchObject([{ userId: "me", role: "owner" }, { userId: "bob", role: "admin" }]);
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

describe("unread", () => {
  test("counts what another device of mine has read, told by a heartbeat to a deaf stream", async () => {
    const { server, sync, tea } = await aClient({ messages: 5 });
    server.at("tea").participants[0]!.lastReadSeq = 4;

    sync.hear(server.heartbeat());

    expect(unreadIn(tea())).toBe(1);
  });

  test("counts a marker that came before the room it is of", async () => {
    const { server, sync, known } = await aClient();
    server.room("new");
    unheard(server, () => {
      for (let i = 1; i <= 3; i++) server.say("new", `${i}`);
    });
    const { room } = { room: await server.api.getRoom("new") };
    server.api.getRoom = () => Promise.resolve(room);

    sync.hear(server.hello());
    sync.hear({ type: "read.advanced", roomId: "new", userId: "me", lastReadSeq: 2 });
    await settle();

    expect(unreadIn(known.get("new")!)).toBe(1);
  });

  test("leaves out what my other device sent, even when it comes behind what others said later", async () => {
    const { server, sync, tea } = await aClient({ messages: 2 });
    unheard(server, () => {
      const mine = server.say("tea", "mine", { from: "me" });
      server.say("tea", "theirs");
      server.edit(mine, "mine, edited"); // so get-changes tells of theirs first
    });

    sync.hear({ ...server.heartbeat(), reads: {} });
    await settle();

    expect(unreadIn(tea())).toBe(1);
  });
});

describe("reactions", () => {
  const reactionsIn = (room: RoomState, at = 0) =>
    room.messages?.[at]?.reactions.map(({ emoji, userIds }) => [emoji, ...userIds]);

  test("come and go one person and emoji at a time, and saying it twice changes nothing", async () => {
    const { server, sync, tea } = await aClient({ messages: 1 });
    await sync.open("tea");
    const [message] = server.at("tea").messages;

    server.react(message!, "👍", "ada");
    server.react(message!, "👍", "bob");
    server.react(message!, "🎉", "ada");
    const reaction = { messageId: message!.id, userId: "bob", emoji: "👍", isOn: true };
    sync.hear({ type: "reaction.changed", roomId: "tea", rev: tea().rev + 1, reaction });
    const all = reactionsIn(tea());
    sync.hear({ type: "reaction.changed", roomId: "tea", rev: tea().rev + 1, reaction: { ...reaction, isOn: false } });
    sync.hear({ type: "reaction.changed", roomId: "tea", rev: tea().rev + 1, reaction: { ...reaction, isOn: false } });

    expect(all).toEqual([["👍", "ada", "bob"], ["🎉", "ada"]]);
    expect(reactionsIn(tea())).toEqual([["👍", "ada"], ["🎉", "ada"]]);
  });

  test("outlive an edit of their message and end with its deletion", async () => {
    const { server, sync, tea } = await aClient({ messages: 1 });
    await sync.open("tea");
    const [message] = server.at("tea").messages;
    server.react(message!, "👍");

    server.edit(message!, "edited");
    const edited = reactionsIn(tea());
    server.remove(message!);

    expect(edited).toEqual([["👍", "ada"]]);
    expect(reactionsIn(tea())).toEqual([]);
  });

  test("to a message that was written and edited while we were away are not lost", async () => {
    const { server, sync, tea } = await aClient({ messages: 1 });
    await sync.open("tea");
    unheard(server, () => {
      const message = server.say("tea", "2");
      server.react(message, "👍");
      server.edit(message, "2 edited"); // so the reaction comes before its message
    });

    sync.hear(server.hello());
    await settle();

    expect(tea().messages![1]!.content).toBe("2 edited");
    expect(reactionsIn(tea(), 1)).toEqual([["👍", "ada"]]);
  });

  test("of mine show at once, are told until the server has them, and the stream's word is enough", async () => {
    const { server, sync, tea, clock } = await aClient({ messages: 1 });
    await sync.open("tea");
    server.fail(new RequestFailed(503));
    server.asked.length = 0;

    sync.react(tea().messages![0]!, "👍");
    const atOnce = sync.reactionsOf(tea().messages![0]!);
    await clock.advance(300);
    server.fail();
    await clock.advance(60_000);

    expect(atOnce).toEqual([{ emoji: "👍", userIds: ["me"] }]);
    expect(reactionsIn(tea())).toEqual([["👍", "me"]]);
    expect(new Set(server.asked)).toEqual(new Set(["react 👍"]));
  });

  test("of mine that the stream keeps silent about are asked for", async () => {
    const { server, sync, tea, clock } = await aClient({ messages: 1 });
    await sync.open("tea");
    server.listen(undefined);
    server.asked.length = 0;

    sync.react(tea().messages![0]!, "👍");
    await clock.advance(5_000);

    expect(reactionsIn(tea())).toEqual([["👍", "me"]]);
    expect(server.asked).toEqual(["react 👍", "changes"]);
  });

  test("pressed twice end as they began, here and there", async () => {
    const { server, sync, tea, clock } = await aClient({ messages: 1 });
    await sync.open("tea");

    sync.react(tea().messages![0]!, "👍");
    sync.react(tea().messages![0]!, "👍");
    await clock.advance(5_000);

    expect(sync.reactionsOf(tea().messages![0]!)).toEqual([]);
    expect(server.at("tea").messages[0]!.reactions).toEqual([]);
  });

  test("that the server refuses are taken back, with a word", async () => {
    const refusals: unknown[] = [];
    const { server, sync, tea, clock } = await aClient({ messages: 1, onRefused: (error) => refusals.push(error) });
    await sync.open("tea");
    server.fail(new RequestFailed(422));

    sync.react(tea().messages![0]!, "👍");
    await clock.advance(100);

    expect(sync.reactionsOf(tea().messages![0]!)).toEqual([]);
    expect(refusals).toHaveLength(1);
  });
});

describe("my own message", () => {
  test("edited shows at once, and once its turn comes by the rule", async () => {
    const { server, sync, tea, texts } = await aClient({ messages: 1 });
    await sync.open("tea");
    unheard(server, () => server.say("tea", "2"));

    sync.acknowledge(server.edit(server.at("tea").messages[0]!, "1 edited"));
    const atOnce = texts();
    await settle();

    expect(atOnce).toEqual(["1 edited"]);
    expect(texts()).toEqual(["1 edited", "2"]);
    expect(tea().rev).toBe(4);
  });

  test("deleted is gone at once, and an edit that comes late does not bring it back", async () => {
    const { server, sync, tea, texts } = await aClient({ messages: 1 });
    await sync.open("tea");
    const [edit, deletion] = unheard(server, () => {
      server.edit(server.at("tea").messages[0]!, "edited");
      server.remove(server.at("tea").messages[0]!);
    });

    sync.acknowledgeDeletion("tea", tea().messages![0]!.id);
    const atOnce = [texts(), tea().lastMessage?.content];
    sync.hear(edit!);
    const afterEdit = [texts(), tea().lastMessage?.content];
    sync.hear(deletion!);

    expect(atOnce).toEqual([[""], ""]);
    expect(afterEdit).toEqual([[""], ""]);
    expect(tea()).toMatchObject({ rev: 4, messages: [{ content: "", rev: 4 }] });
  });

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

import { describe, expect, test } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { aClient, unheard } from "../testing/aClient.ts";
import { settle } from "../time/makeTestClock.ts";
import { unreadIn } from "./RoomState.ts";

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

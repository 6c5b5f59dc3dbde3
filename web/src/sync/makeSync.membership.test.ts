import { describe, expect, test } from "vitest";
import { aClient, unheard } from "../testing/aClient.ts";
import { settle } from "../time/makeTestClock.ts";
import { unreadIn } from "./RoomState.ts";

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

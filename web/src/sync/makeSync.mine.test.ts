import { describe, expect, test } from "vitest";
import { RequestFailed } from "../api/RequestFailed.ts";
import { aClient, unheard } from "../testing/aClient.ts";
import { settle } from "../time/makeTestClock.ts";
import type { RoomState } from "./RoomState.ts";

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

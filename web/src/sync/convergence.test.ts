import fc from "fast-check";
import { expect, test } from "vitest";
import { makeServer } from "../testing/makeServer.ts";
import { makeTestClock } from "../time/makeTestClock.ts";
import { makeSync } from "./makeSync.ts";
import { isWhole, type RoomState, unreadIn } from "./RoomState.ts";

/** One device of mine: its own copy, and a stream that may be deaf. */
function aDevice(server: ReturnType<typeof makeServer>, clock: ReturnType<typeof makeTestClock>) {
  const known = new Map<string, RoomState>();
  const onRoom = (id: string, room: RoomState | null) => room ? known.set(id, room) : known.delete(id);
  const sync = makeSync({ api: server.api, myId: "me", clock, onRoom });
  return { sync, known, isDeaf: false };
}

const pick = fc.nat({ max: 1_000 });
const act = fc.oneof(
  fc.record({ do: fc.constant("say" as const), from: fc.constantFrom("ada", "me") }),
  fc.record({ do: fc.constantFrom("edit", "remove", "react", "unreact" as const), at: pick }),
  fc.record({ do: fc.constantFrom("part", "add", "rename", "settle" as const) }),
  fc.record({
    do: fc.constantFrom(
      "read",
      "deafen",
      "hear",
      "beat",
      "greet",
      "older",
      "leave",
      "enter",
      "newest",
      "press" as const,
    ),
    device: fc.constantFrom(0, 1),
    at: pick,
  }),
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** A room that lives through these acts, seen by two devices of one person. */
async function live(acts: readonly Act[]) {
  const server = makeServer("me", { changesPerPage: 5 });
  const clock = makeTestClock();
  const devices = [aDevice(server, clock), aDevice(server, clock)];
  const messageAt = (at: number) => server.at("tea").messages[at % (server.at("tea").messages.length || 1)];
  const isMember = () => server.at("tea").participants.some(({ userId }) => userId === "me");
  server.room("tea", ["me", "ada"]);
  for (let i = 0; i < 160; i++) server.say("tea", `${i}`);
  for (const { sync } of devices) {
    await sync.start();
    await sync.open("tea");
  }
  server.listen((event) => {
    for (const { isDeaf, sync } of devices) if (!isDeaf) sync.hear(structuredClone(event));
  });

  for (const act of acts) {
    const message = "at" in act ? messageAt(act.at) : undefined;
    const device = "device" in act ? devices[act.device]! : undefined;
    const isLive = message && !message.deletedAt;
    if (act.do === "say" && (act.from === "ada" || isMember())) server.say("tea", "x", { from: act.from });
    else if (act.do === "edit" && isLive) server.edit(message, `${message.content}!`);
    else if (act.do === "remove" && isLive) server.remove(message);
    else if (act.do === "react" && message) server.react(message, "👍", "ada");
    else if (act.do === "unreact" && message) server.react(message, "👍", "ada", false);
    else if (act.do === "part" && isMember()) server.part("tea", "me");
    else if (act.do === "add" && !isMember()) server.add("tea", "me");
    else if (act.do === "rename") server.rename("tea", `tea ${server.at("tea").room.rev}`);
    else if (act.do === "settle") await clock.advance(2_000);
    else if (device) {
      const { sync, known } = device, room = known.get("tea");
      if (act.do === "read") sync.read("tea", Math.min(room?.lastSeq ?? 0, act.at % 100));
      else if (act.do === "deafen") device.isDeaf = true;
      else if (act.do === "hear") device.isDeaf = false;
      else if (act.do === "beat") sync.hear(server.heartbeat([...known.keys()]));
      else if (act.do === "older") void sync.grow("tea", "older");
      else if (act.do === "leave") sync.close("tea");
      else if (act.do === "enter") void sync.open("tea");
      else if (act.do === "newest") void sync.turnTo("tea", act.at % 2 ? (message?.seq ?? null) : null);
      else if (act.do === "press" && room?.messages?.length) {
        sync.react(room.messages[act.at % room.messages.length]!, "🎉");
      } else if (act.do === "greet") {
        device.isDeaf = false;
        sync.hear(server.hello());
      }
    }
    for (const { known } of devices) expect([...known.values()].every(isWhole)).toBe(true);
  }

  await clock.advance(2_000);
  for (const device of devices) {
    device.isDeaf = false;
    device.sync.hear(server.hello());
  }
  await clock.advance(60_000);
  return { server, devices, isMember };
}

test(
  "whatever happened and was missed, two devices of one person end where the server is, and nothing has a hole",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const { server, devices, isMember } = await live(acts);

        for (const { known } of devices) {
          const room = known.get("tea");
          if (!isMember()) {
            expect(room).toBeUndefined();
            continue;
          }
          const truth = server.at("tea");
          const { participants } = truth;
          expect(unreadIn(room!)).toBe(
            truth.room.lastSeq - participants.find(({ userId }) => userId === "me")!.lastReadSeq,
          );
          expect(room).toMatchObject({ rev: truth.room.rev, name: truth.room.name, lastSeq: truth.room.lastSeq });
          expect(room!.lastMessage?.content).toBe(truth.messages.at(-1)?.content);
          if (!room!.messages) continue;
          const first = room!.messages[0]?.seq ?? 1;
          const shown = truth.messages.slice(first - 1, first - 1 + room!.messages.length);
          const says = ({ seq, content, reactions }: (typeof shown)[number]) => [seq, content, reactions];
          expect(room!.messages.map(says)).toEqual(shown.map(says));
        }
      }),
      { numRuns: 150 },
    );
  },
  60_000,
);

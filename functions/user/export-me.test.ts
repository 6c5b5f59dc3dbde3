import { expect, test } from "vitest";
import react from "../chat/react.ts";
import { at, say } from "../../test/talk.ts";
import { aRoom, ask, chat, type Person, users } from "../../test/world.ts";
import removeParticipant from "../chat/remove-participant.ts";
import markRead from "../chat/mark-read.ts";
import { settled } from "../lib/lifecycle.ts";
import exportMe from "./export-me.ts";
import saveContact from "./save-contact.ts";

// deno-lint-ignore no-explicit-any -- whatever the export says
async function exported(as: Person): Promise<any[]> {
  const res = await ask(exportMe, "GET", "/api/me/export", { as });
  expect(res.status).toBe(200);
  expect(res.headers.get("content-type")).toContain("application/x-ndjson");
  expect(res.headers.get("content-disposition")).toContain("attachment");
  return (await res.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
}

test("tells everything we hold on somebody, and nothing of others", async () => {
  const [ada, bob] = await users(2) as [Person, Person];
  const [room, left] = [await aRoom(ada, bob), await aRoom(bob, ada)];
  await ask(removeParticipant, "DELETE", `/api/rooms/${left.id}/participants/${ada.id}`, { as: ada });
  const [mine, his] = [await say(ada, room, "mine"), await say(bob, room, "his")];
  await ask(react, "PUT", `${at(his)}/reactions/${encodeURIComponent("👍")}`, { as: ada });
  await ask(markRead, "PUT", `/api/rooms/${room.id}/read-marker`, { as: ada, body: { seq: 2 } });
  await ask(saveContact, "PUT", `/api/contacts/${bob.id}`, { as: ada, body: { nickname: "Bobby" } });

  const lines = await exported(ada);

  expect(lines).toMatchObject([
    { type: "profile", row: { id: ada.id, username: ada.username, email: `${ada.username}@example.org` } },
    { type: "contact", row: { contactId: bob.id, nickname: "Bobby" } },
    { type: "membership", row: { roomId: room.id, role: "owner", isCreator: true, lastReadSeq: 2 } },
    { type: "departure", row: { roomId: left.id } },
    { type: "message", row: { id: mine.id, content: "mine" } },
    { type: "reaction", row: { messageId: his.id, emoji: "👍" } },
    { type: "read", row: { messageId: his.id } },
    { type: "end", lines: 7 },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/his"|passwordHash/);
});

test("goes on past one page", async () => {
  const [ada] = await users(1) as [Person];
  const room = await aRoom(ada);
  await chat()`
    with sent as (
      insert into messages (id, room_id, sender_id, content, seq, rev)
      select gen_random_uuid(), ${room.id}, ${ada.id}, 'many', n, n + 1 from generate_series(1, 1203) as n
      returning id
    )
    insert into message_reads (message_id, user_id) select id, ${ada.id} from sent
  `;

  const lines = await exported(ada);

  const [messages, reads] = ["message", "read"].map((kind) => lines.filter(({ type }) => type === kind));
  expect(new Set(messages!.map(({ row }) => row.id)).size).toBe(1203);
  expect(new Set(reads!.map(({ row }) => row.messageId)).size).toBe(1203);
  expect(lines.at(-1)).toEqual({ type: "end", lines: 2408 });
});

test("a reader who leaves holds nothing up", async () => {
  const [ada] = await users(1) as [Person];
  const res = await ask(exportMe, "GET", "/api/me/export", { as: ada });

  await res.body!.cancel();

  await settled();
});

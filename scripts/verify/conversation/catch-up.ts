import { must, type Try } from "../checks.ts";
import type { Scene } from "./scene.ts";

/** How many messages somebody misses: more than one page of changes. */
const missed = 12;

/** What was missed can be asked for, page by page, without a hole. */
export async function catchUp(check: Try, scene: Scene): Promise<void> {
  const { grace } = scene;

  await check("what was missed is caught up with, in order and without a hole", async () => {
    scene.deafen();
    const roomId = await scene.newRoom();
    const { body: room } = await grace.call("chat/get-room", { param: { roomId } }, 200);
    const sent: string[] = [];
    for (let i = 1; i <= missed; i++) sent.push((await scene.say(roomId, `line ${i}.`)).id);

    const found: { id: string; seq: number }[] = [];
    let since: number = room.rev, hasMore = true, pages = 0;
    while (hasMore && pages++ < missed) {
      const query = { since: String(since), limit: "5" };
      const { body } = await grace.call("chat/get-changes", { param: { roomId }, query }, 200);
      must(!body.truncated, "the server has forgotten the changes already");
      for (const { message } of body.changes) found.push(message);
      ({ rev: since, hasMore } = body);
    }
    must(JSON.stringify(found.map(({ id }) => id)) === JSON.stringify(sent), `${found.length} of ${missed} came`);
    must(found.every(({ seq }, i) => seq === i + 1), `places: ${found.map(({ seq }) => seq)}`);
    must(since === room.rev + missed, `stands at ${since}, not ${room.rev + missed}`);
    return `${missed} messages in ${pages} requests`;
  });

  await check("a stream that opens again says where each room stands", async () => {
    const hello = await (await scene.listen()).until("hello", () => true, 10_000);
    const heads = new Map(hello.rooms.map(({ id, lastSeq }) => [id, lastSeq]));
    must(heads.get(scene.rooms.at(-1)!) === missed, `hello has ${heads.get(scene.rooms.at(-1)!)} messages there`);
  });
}

/** The server beats every 15 s; this is one beat, a slow one, in milliseconds. */
const beatMs = 20_000;

/** Waits for a beat of the stream that is open. */
export const heartbeat = (check: Try, scene: Scene): Promise<void> =>
  check("a stream beats, every 15 s", async () => {
    await scene.stream().until("heartbeat", () => true, beatMs);
  });

import { must, type Try } from "../checks.ts";
import { eventMs, type Scene } from "./scene.ts";

/** Two people in a room: everything that can be done with a message, and that the other one hears it. */
export async function talk(check: Try, scene: Scene): Promise<void> {
  const { ada, grace, word } = scene;
  let roomId = "", message = { id: "", seq: 0, rev: 0 };
  const param = () => ({ roomId, messageId: message.id });
  const page = async () => (await grace.call("chat/list-messages", { param: { roomId } }, 200)).body.messages;

  await check("a stream says hello", async () => {
    const stream = await scene.listen();
    must(stream.contentType?.startsWith("text/event-stream"), `it is ${stream.contentType}`);
    await stream.until("hello", () => true, eventMs);
  });

  await check("a room that one makes is there for both", async () => {
    roomId = await scene.newRoom();
    const { body: mine } = await ada.call("chat/get-room", { param: { roomId } }, 200);
    const { body: theirs } = await grace.call("chat/list-rooms", {}, 200);
    must(mine.participants.length === 2, `it has ${mine.participants.length} participants`);
    must(theirs.rooms.some(({ id }: { id: string }) => id === roomId), "the other does not have it in their list");
  });

  await check("a message is acknowledged, and arrives by the stream", async () => {
    const sentAt = performance.now();
    message = await scene.say(roomId, `Is this thing on, ${word}?`);
    const event = await scene.stream().until("message.created", ({ message: { id } }) => id === message.id, eventMs);
    must(
      message.seq === 1 && event.message.seq === 1,
      `its place is ${message.seq}, and ${event.message.seq} by event`,
    );
    must(event.rev === message.rev, `its rev is ${message.rev}, and ${event.rev} by the event`);
    return `${Math.round(performance.now() - sentAt)} ms from sending to hearing`;
  });

  await check("the same message sent again is not another one", async () => {
    const json = { id: message.id, content: `Is this thing on, ${word}?` };
    const { body } = await ada.call("chat/send-message", { param: { roomId }, json }, 200);
    must(body.seq === message.seq && body.rev === message.rev, `it has another place: ${body.seq}`);
    must((await page()).length === 1, `the room has ${(await page()).length} messages`);
  });

  await check("an edit is seen by the other", async () => {
    const content = `It is on, ${word}.`;
    const { body } = await ada.call("chat/edit-message", { param: param(), json: { content } }, 200);
    await scene.stream().until("message.updated", ({ message }) => message.id === body.id, eventMs);
    must((await page())[0].content === content, "the other reads the old words");
  });

  await check("a reaction is seen, and can be taken back", async () => {
    const reaction = { ...param(), emoji: "👍" };
    await grace.call("chat/react", { param: reaction });
    await scene.stream().until("reaction.changed", ({ reaction: { isOn } }) => isOn, eventMs);
    const [{ reactions }] = await page();
    must(reactions[0]?.userIds.includes(grace.id), "it is not on the message");
    await grace.call("chat/unreact", { param: reaction });
    must((await page())[0].reactions.length === 0, "it is still on the message");
  });

  await check("what was read counts as read", async () => {
    const { body } = await grace.call("chat/mark-read", { param: { roomId }, json: { seq: message.seq } }, 200);
    must(body.lastReadSeq === message.seq, `the marker stands at ${body.lastReadSeq}`);
    const { body: room } = await grace.call("chat/get-room", { param: { roomId } }, 200);
    must(room.unreadCount === 0, `${room.unreadCount} are unread`);
    const { body: { reads } } = await ada.call("chat/list-reads", { param: param() }, 200);
    must(reads.some(({ userId }: { userId: string }) => userId === grace.id), "the sender does not see who read it");
  });

  await check("writing shows", async () => {
    await ada.call("chat/set-typing", { param: { roomId } }, 204);
    await scene.stream().until("typing", ({ userId }) => userId === ada.id, eventMs);
  });

  await check("a message is found by its words", async () => {
    const { body } = await grace.call("chat/search-messages", { query: { q: word } }, 200);
    must(body.messages.length === 1, `${body.messages.length} were found`);
  });

  await check("a deletion leaves no words", async () => {
    await ada.call("chat/delete-message", { param: param() });
    await scene.stream().until("message.deleted", ({ message: { id } }) => id === message.id, eventMs);
    const [tombstone] = await page();
    must(tombstone.deletedAt && tombstone.content === "", "they can still be read");
  });
}

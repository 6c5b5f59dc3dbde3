import type { ChatEvent, Heartbeat, Hello, Message } from "../../../functions/chat/model.ts";
import { uuidv7 } from "uuidv7";
import { authorized } from "./ask.ts";
import type { DeviceParts, Program } from "./device.ts";
import { makePlainRoom, type PlainRoom } from "./plain-room.ts";
import { makePlainStream } from "./plain-stream.ts";

/** The client rules in their shortest form, apart from the web client, so that both cannot be wrong in the same way. */
export function makePlainProgram({ name, person, fetch, ask, history, counts }: DeviceParts): Program {
  const { id: userId, token } = person;
  const rooms = new Map<string, PlainRoom>();
  let isStopped = false, underWay = 0;

  function room(roomId: string): PlainRoom {
    const known = rooms.get(roomId) ?? makePlainRoom({ roomId, userId, ask, counts, isStopped: () => isStopped });
    rooms.set(roomId, known);
    return known;
  }

  function greet({ rooms: named }: Hello) {
    for (const { id, rev, lastReadSeq } of named) {
      room(id).mark(lastReadSeq);
      room(id).reach(rev);
    }
    const ids = new Set(named.map(({ id }) => id));
    for (const [id, known] of rooms) if (known.copy() && !ids.has(id)) known.doubt();
  }

  function beat({ heads, reads }: Heartbeat) {
    for (const [id, rev] of Object.entries(heads)) rev === null ? room(id).doubt() : room(id).reach(rev);
    for (const [id, seq] of Object.entries(reads ?? {})) room(id).mark(seq);
  }

  function hear(event: Hello | Heartbeat | ChatEvent) {
    if (isStopped) return;
    counts.events++;
    if (event.type === "hello") greet(event);
    else if (event.type === "heartbeat") beat(event);
    else if (event.type === "read.advanced" && event.userId === userId) room(event.roomId).mark(event.lastReadSeq);
    else if ("rev" in event) room(event.roomId).hear(event);
  }

  async function send(roomId: string, content: string) {
    const id = uuidv7();
    const pending = history.begin({ client: name, userId, roomId }, { kind: "send", messageId: id, content });
    const answer = await ask("POST", `/api/rooms/${roomId}/messages`, { id, content }, pending);
    if (!answer) return;
    if (answer.status >= 300) return pending.refuse();
    const message = answer.body as Message;
    pending.acknowledge({ seq: message.seq, rev: message.rev });
    if (!isStopped) room(roomId).hear({ type: "message.updated", roomId, rev: message.rev, message });
  }

  async function read(roomId: string, seq: number) {
    const pending = history.begin({ client: name, userId, roomId }, { kind: "read", seq });
    room(roomId).mark(seq);
    const answer = await ask("PUT", `/api/rooms/${roomId}/read-marker`, { seq }, pending);
    if (!answer) return;
    if (answer.status < 300) pending.acknowledge();
    else pending.refuse();
  }

  async function counted(work: Promise<void>) {
    underWay++;
    await work.finally(() => underWay--);
  }

  const copies = () => [...rooms.values()].flatMap((room) => room.copy() ?? []);
  const stream = makePlainStream({ open: (signal) => authorized(fetch, token)("/api/events", { signal }), hear });

  return {
    start: stream.start,
    stop() {
      isStopped = true;
      stream.stop();
    },
    sights: () => copies().map((copy) => copy.sight()),
    send: (roomId, content) => counted(send(roomId, content)),
    read: (roomId, seq) => counted(read(roomId, seq)),
    isIdle: () => underWay === 0,
    view: () => Promise.resolve(copies().map((copy) => copy.view())),
  };
}

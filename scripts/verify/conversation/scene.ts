import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { must } from "../checks.ts";
import type { Person } from "../person.ts";
import { listen, type Stream } from "./listen.ts";

/** How long an event may take to reach a listener, in milliseconds: a cold start of whatever stands between. */
export const eventMs = 10_000;

/** Somebody who takes part, and whether they are there for this verification only. */
export interface Actor extends Person {
  id: string;
  displayName: string;
  isOurs: boolean;
}

/** Two people, and what one of them hears. The rooms they make are put into `rooms`. */
export function openScene(ada: Actor, grace: Actor, rooms: string[]) {
  /** A word that nobody has written before. */
  const word = `verify${randomBytes(6).toString("hex")}`;
  let stream: Stream | undefined;

  const scene = {
    ada,
    grace,
    word,
    rooms,
    /** A new room of both, ada's, which goes when everything is over. */
    async newRoom(): Promise<string> {
      const json = { id: uuidv7(), roomType: "group", name: `Verification ${word}`, participantIds: [grace.id] };
      rooms.push(json.id); // before it is asked for, lest the answer be lost
      await ada.call("chat/create-room", { json }, 201);
      return json.id;
    },
    /** Ada writes. Gives the message as it was acknowledged. */
    async say(roomId: string, content: string, id: string = uuidv7()) {
      const { body } = await ada.call("chat/send-message", { param: { roomId }, json: { id, content } }, 201);
      return body as { id: string; seq: number; rev: number };
    },
    /** What grace hears. */
    stream(): Stream {
      must(stream, "there is no stream");
      return stream;
    },
    async listen(): Promise<Stream> {
      stream?.stop();
      return stream = await listen(grace);
    },
    deafen: () => stream?.stop(),
  };
  return scene;
}

export type Scene = ReturnType<typeof openScene>;

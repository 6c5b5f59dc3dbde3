import { setTimeout as sleep } from "node:timers/promises";
import type { Place } from "../house/people.ts";
import type { Random } from "../random.ts";
import type { Device, Sight } from "./device.ts";

/** How often a client does what, in relation to each other. */
const weights = { send: 55, edit: 12, delete: 4, react: 9, unreact: 4, read: 13, membership: 3 };

/** Between two things that a client does, in milliseconds. */
const thinkMs = [100, 500] as const;

const emoji = ["👍", "🎉", "😂", "❤️"];

interface Talk {
  device: Device;
  places: readonly Place[];
  random: Random;
  isOver(): boolean;
}

/** One client's person, doing one thing after another until it is over; resolves when the last one is answered. */
export async function talk({ device, places, random, isOver }: Talk): Promise<void> {
  const { id: me } = device.person;
  let count = 0;
  const words = () => `${device.name} says ${++count}`; // never the same twice, so that every content has one origin

  const messageOf = (room: Sight, isFit: (message: Sight["messages"][number]) => boolean) =>
    random.pick(room.messages.filter((message) => message.deletedAt === null && isFit(message)));

  const acts: Record<keyof typeof weights, (room: Sight) => Promise<void> | undefined> = {
    send: (room) => device.send(room.id, words()),
    edit(room) {
      const message = messageOf(room, ({ senderId }) => senderId === me);
      return message && device.changes.edit(room.id, message.id, words());
    },
    delete(room) {
      const message = messageOf(room, ({ senderId }) => senderId === me || room.role === "owner");
      return message && device.changes.remove(room.id, message.id);
    },
    react(room) {
      const message = messageOf(room, () => true);
      return message && device.changes.react(room.id, message.id, random.pick(emoji)!, true);
    },
    unreact(room) {
      const message = messageOf(room, ({ reactions }) => !!reactions?.some((one) => one.endsWith(me)));
      const mine = message?.reactions?.find((one) => one.endsWith(me))?.split(" ")[0];
      return message && mine ? device.changes.react(room.id, message.id, mine, false) : undefined;
    },
    read: (room) => room.lastSeq > room.lastReadSeq ? device.read(room.id, room.lastSeq) : undefined,
    /** Whoever owns a room sends somebody out and lets them in again; everybody else leaves alone. */
    async membership(room) {
      const place = places.find(({ roomId, owner }) => roomId === room.id && owner.id === me);
      const subject = place && random.pick(place.people.filter(({ id }) => id !== me));
      if (!subject) return;
      await device.changes.leave(room.id, subject.id);
      await sleep(random.int(0, 1_500));
      await device.changes.join(room.id, subject.id);
    },
  };

  while (!isOver()) {
    await sleep(random.int(...thinkMs));
    const room = random.pick(device.sights());
    if (room) await acts[random.weighted(weights)](room);
  }
}

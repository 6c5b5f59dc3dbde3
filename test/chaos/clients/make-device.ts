import { makeMemoryStore } from "../../../web/src/outbox/OutboxStore.ts";
import { makeChanges } from "./changes.ts";
import type { Device, DeviceParts, Program } from "./device.ts";
import { makePlainProgram } from "./plain-program.ts";
import { makeWebProgram } from "./web-program.ts";

/** A client that runs one of the two programs, and can be closed and opened again. */
export function makeDevice(parts: DeviceParts, kind: "plain" | "web"): Device {
  const { name, person, ask, history } = parts;
  const kept = { store: makeMemoryStore(), sends: new Map() };
  const open = (): Program => kind === "web" ? makeWebProgram(parts, kept) : makePlainProgram(parts);
  let program = open();

  return {
    name,
    person,
    changes: makeChanges({ ask, history, client: name, userId: person.id }),
    start: () => program.start(),
    stop: () => program.stop(),
    restart() {
      program.stop();
      program = open();
      program.start();
    },
    sights: () => program.sights(),
    send: (roomId, content) => program.send(roomId, content),
    read: (roomId, seq) => program.read(roomId, seq),
    isIdle: () => program.isIdle(),
    view: async () => ({ client: name, userId: person.id, rooms: await program.view() }),
  };
}

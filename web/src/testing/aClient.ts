import type { ChatEvent } from "../../../functions/chat/model.ts";
import { makeSync } from "../sync/makeSync.ts";
import type { RoomState } from "../sync/RoomState.ts";
import { makeTestClock } from "../time/makeTestClock.ts";
import { makeServer } from "./makeServer.ts";

/** A server with one room, a client that listens to it, and what the client knows. */
export async function aClient({ changesPerPage = 100, messages = 0, onRefused = (_: unknown) => {} } = {}) {
  const server = makeServer("me", { changesPerPage });
  const clock = makeTestClock();
  const known = new Map<string, RoomState>(), shown: RoomState[] = [];
  const onRoom = (id: string, room: RoomState | null) => {
    if (room) shown.push(room);
    room ? known.set(id, room) : known.delete(id);
  };
  const sync = makeSync({ api: server.api, myId: "me", clock, onRoom, onRefused });
  server.room("tea");
  for (let i = 1; i <= messages; i++) server.say("tea", `${i}`);
  await sync.start();
  server.listen(sync.hear);
  const texts = () => known.get("tea")?.messages?.map(({ content }) => content);
  return { server, clock, known, shown, sync, texts, tea: () => known.get("tea")! };
}

/** Do something that the client hears nothing of, then or later; the events it missed. */
export function unheard(server: ReturnType<typeof makeServer>, act: () => void): ChatEvent[] {
  const missed: ChatEvent[] = [];
  server.listen((event) => missed.push(event));
  act();
  return missed;
}

import type { Operation } from "../history.ts";
import type { Database, RoomRecord, RoomView, View } from "./record.ts";

/** Everything a rule may look at. */
export interface Evidence {
  history: readonly Operation[];
  database: Database;
  views: readonly View[];
}

/** One room beside what one client shows of it. */
export interface Sight {
  client: string;
  userId: string;
  room: RoomRecord;
  view: RoomView;
}

/** Every room that a client shows and should show. */
export function sights({ database, views }: Evidence): Sight[] {
  const rooms = new Map(database.map((room) => [room.id, room]));
  return views.flatMap(({ client, userId, rooms: shown }) =>
    shown.flatMap((view) => {
      const room = rooms.get(view.id);
      return room && isIn(room, userId) ? [{ client, userId, room, view }] : [];
    })
  );
}

export const isIn = (room: RoomRecord, userId: string): boolean =>
  room.participants.some((participant) => participant.userId === userId);

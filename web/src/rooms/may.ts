import { rights } from "../../../functions/chat/schema.ts";
import type { RoomState } from "../sync/RoomState.ts";

/** Whether somebody may do this in a room, by what they are in it; for a message, also by whether they wrote it. */
export function may(operation: keyof typeof rights, room: Pick<RoomState, "role">, isAuthor = false): boolean {
  const those: readonly string[] = rights[operation];
  return those.includes(room.role) || (isAuthor && those.includes("author"));
}

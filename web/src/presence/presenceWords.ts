import type { Presence } from "../../../functions/user/model.ts";
import { clockTime, dayName } from "../time/format.ts";

const words = { online: "Online", away: "Away", busy: "Busy" };

/** Whether somebody is there, or when they last were; nothing when nobody knows. `today` begins at that millisecond. */
export function presenceWords(
  known: Pick<Presence, "status" | "lastSeen"> | undefined,
  today: number,
): string | undefined {
  if (!known) return;
  if (known.status !== "offline") return words[known.status];
  return known.lastSeen ? `Last seen ${dayName(known.lastSeen, today)}, ${clockTime(known.lastSeen)}` : undefined;
}

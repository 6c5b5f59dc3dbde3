/** What is written and not sent, by person and room; it outlives the page, and ends with the sign-out. */
const prefix = "parley:draft:";
const keyOf = (userId: string, roomId: string) => `${prefix}${userId}:${roomId}`;

export const draftOf = (userId: string, roomId: string) => localStorage.getItem(keyOf(userId, roomId)) ?? "";

export function keepDraft(userId: string, roomId: string, text: string): void {
  if (text.trim()) localStorage.setItem(keyOf(userId, roomId), text);
  else localStorage.removeItem(keyOf(userId, roomId));
}

/** Drop everybody's: who signs out may leave the device to somebody else. */
export function clearDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

/** Where a person's presence stands in Redis, and how long what they said holds, in seconds: three beats of the client. */
export const presenceKey = (userId: string): string => `presence:${userId}`;
export const presenceSeconds = 90;

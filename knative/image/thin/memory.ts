/** Stands for the in-memory Redis. */
export function memoryUpstream(): never {
  throw new Error("Cannot run: the setting REDIS_URL is missing");
}

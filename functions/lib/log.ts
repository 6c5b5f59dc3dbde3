/** What a log line may carry. Never content, names, addresses or tokens. */
export type Fields = Record<string, string | number | boolean | undefined>;
export type Level = "info" | "warn" | "error";

let write: (line: string) => void = console.log;

/** Write one JSON line: `time` in ISO 8601 UTC, `level`, `message` and the fields. */
export function log(level: Level, message: string, fields: Fields = {}): void {
  write(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
}

/** Send log lines somewhere else than stdout: the one-machine start keeps its terminal for people. */
export function logTo(sink: (line: string) => void): void {
  write = sink;
}

/** An error as log fields. Postgres errors carry a code that says more than the text. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = (error as { code?: unknown }).code;
  return { error: error.message, stack: error.stack, ...(typeof code === "string" && { code }) };
}

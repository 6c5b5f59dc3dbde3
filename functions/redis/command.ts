import { type Command, CommandError } from "./contract.ts";

/**
 * Commands that change, block or take over the connection, which all callers share, or that stop the server. Upstash
 * refuses the same ones.
 */
const refused = new Set(
  `SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE MONITOR MULTI EXEC DISCARD WATCH UNWATCH SELECT
   AUTH HELLO RESET QUIT CLIENT BLPOP BRPOP BRPOPLPUSH BLMOVE BLMPOP BZPOPMIN BZPOPMAX BZMPOP WAIT WAITAOF SYNC PSYNC
   REPLCONF REPLICAOF SLAVEOF FAILOVER SHUTDOWN DEBUG ASKING READONLY READWRITE`.split(/\s+/),
);

const blocks = (command: Command) =>
  /^XREAD(GROUP)?$/i.test(command[0]) && command.some((word) => typeof word === "string" && /^BLOCK$/i.test(word));

/** Throw `CommandError` for a command that cannot be run over a shared connection. */
export function permit(command: Command): Command {
  if (!refused.has(command[0].toUpperCase()) && !blocks(command)) return command;
  throw new CommandError(`ERR Command is not available: '${command[0]}'`);
}

/** A command from JSON: an array of text, numbers and booleans, name first. Throws `CommandError`. */
export function parseCommand(json: unknown): Command {
  if (!Array.isArray(json) || typeof json[0] !== "string" || json[0] === "") {
    throw new CommandError("ERR failed to parse command: expected an array with the command's name first");
  }
  for (const argument of json) {
    if (["string", "number", "boolean"].includes(typeof argument)) continue;
    throw new CommandError(`ERR failed to parse command: '${json[0]}' has an argument that is no text or number`);
  }
  return json.map(String) as Command;
}

/** Commands from JSON, for a pipeline or a transaction: at least one. Throws `CommandError`. */
export function parseCommands(json: unknown): Command[] {
  if (Array.isArray(json) && json.length > 0) return json.map(parseCommand);
  throw new CommandError("ERR failed to parse pipeline: expected an array of commands");
}

/**
 * A command from a path, as `/set/key/value?EX=100`: segments, then the body if there is one, then the query as names
 * and values. Throws `CommandError`.
 */
export function commandOfUrl(url: URL, body: Uint8Array): Command {
  const query = [...url.searchParams].filter(([name]) => name !== "_token");
  try {
    const [name = "", ...path] = url.pathname.slice(1).split("/").map(decodeURIComponent);
    const options = query.flat().filter((word) => word !== ""); // a flag such as ?NX has no value
    return parseCommand([name]).concat(path, body.length > 0 ? [body] : [], options) as Command;
  } catch (error) {
    if (error instanceof URIError) throw new CommandError("ERR failed to parse command: malformed path");
    throw error;
  }
}

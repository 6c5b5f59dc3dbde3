import { createHash } from "node:crypto";
import type { Command } from "./contract.ts";

/** How many hashes are remembered; a forgotten one costs its caller a NOSCRIPT and one more request. */
const maxKnown = 1_000;

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

/**
 * Where Lua begins with the flag `allow-key-locking`, as all scripts of @upstash/ratelimit do, Upstash locks only the
 * script's keys. Redis and Valkey know no such flag and refuse the script; their scripts lock everything anyway.
 */
const shebang = /^#!lua flags=allow-key-locking(?=[\r\n])/;

const textAt: Record<string, number> = { EVAL: 1, EVAL_RO: 1, EVALSHA: 1, EVALSHA_RO: 1, SCRIPT: 2 };

/** Translate scripts written for Upstash, and hashes of those seen before, into what Redis takes. */
export function scriptTranslator(): (command: Command) => Command {
  const known = new Map<string, string>(); // the hash its caller knows to the hash Redis knows

  return function translate(command) {
    const name = command[0].toUpperCase();
    const at = textAt[name];
    const given = at === undefined ? undefined : command[at];
    if (at === undefined || typeof given !== "string") return command;
    if (name.startsWith("EVALSHA")) return command.with(at, known.get(given.toLowerCase()) ?? given) as Command;

    const lua = given.replace(shebang, "");
    if (lua === given) return command;
    if (known.size >= maxKnown) known.clear();
    known.set(sha1(given), sha1(lua));
    return command.with(at, lua) as Command;
  };
}

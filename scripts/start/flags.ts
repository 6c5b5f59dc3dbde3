import { parseArgs, type ParseArgsConfig } from "node:util";
import { Fault, reason } from "./fault.ts";

type Flags = NonNullable<ParseArgsConfig["options"]>;

/**
 * The flags of one command, as `node:util` reads them. Throws `Fault` for one that nobody knows: `doing` is what cannot be
 * done then ("start"), `command` is what lists the flags with `--help`.
 */
export function readFlags<const Known extends Flags>(
  args: string[],
  flags: Known,
  { doing, command }: { doing: string; command: string },
) {
  try {
    return parseArgs({ args, options: flags, strict: true }).values;
  } catch (error) {
    throw new Fault(`Cannot ${doing}: ${reason(error).split(". ")[0]} (${command} -- --help lists the options)`);
  }
}

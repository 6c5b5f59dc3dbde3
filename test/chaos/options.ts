import { Fault } from "../../scripts/start/fault.ts";
import { readFlags } from "../../scripts/start/flags.ts";

export interface Options {
  /** How long clients talk and faults happen. */
  seconds: number;
  clients: number;
  /** Of everything that is left to chance: the plan of faults, and what clients do. */
  seed: number;
}

export const usage = `npm run chaos -- [options]

  --seconds <number>   how long clients talk while parts fail (60)
  --clients <number>   how many clients, from 4 to 200 (12)
  --seed <number>      of everything left to chance (1)`;

const flags = {
  seconds: { type: "string", default: "60" },
  clients: { type: "string", default: "12" },
  seed: { type: "string", default: "1" },
  help: { type: "boolean" },
} as const;

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Fault(`Cannot run: --${name} must be a whole number from ${min} to ${max}, not "${text}"`);
}

/** Read the options, or `"help"` when that was asked for. Throws `Fault` for what nobody knows. */
export function readOptions(args: string[]): Options | "help" {
  const { help, seconds, clients, seed } = readFlags(args, flags, { doing: "run", command: "npm run chaos" });
  if (help) return "help";
  return {
    seconds: wholeNumber("seconds", seconds, 1, 86_400),
    clients: wholeNumber("clients", clients, 4, 200),
    seed: wholeNumber("seed", seed, 0, 2 ** 32 - 1),
  };
}

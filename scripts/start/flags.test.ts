import { expect, test } from "vitest";
import { readFlags } from "./flags.ts";

const flags = { port: { type: "string" }, demo: { type: "boolean" } } as const;
const read = (...args: string[]) => readFlags(args, flags, { doing: "start", command: "npm start" });

test("gives what was asked for, and nothing for what was not", () => {
  expect({ ...read("--port", "8081") }).toEqual({ port: "8081" });
});

test.each([["--prot", "Unknown option '--prot'"], ["talk", "Unexpected argument 'talk'"]])(
  "says in one sentence that nobody knows %s, and where to look",
  (arg, why) => {
    expect(() => read(arg)).toThrow(`Cannot start: ${why}`);
    expect(() => read(arg)).toThrow(/^[^\n]+ \(npm start -- --help lists the options\)$/);
  },
);

import process from "node:process";
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** What people see while we start, run and stop: colours and a line that moves on a terminal, plain lines in a pipe. */
export function terminal(out: NodeJS.WriteStream = process.stdout) {
  const isTty = out.isTTY === true && process.env.NO_COLOR === undefined;
  const styled = (style: Style, text: string) => isTty ? styleText(style, text, { validateStream: false }) : text;
  const under = new Set<string>();
  out.on("error", () => {}); // who read this may be gone before us

  /** Wipe the line that says what is under way, write, and say it again. */
  function say(line?: string): void {
    if (isTty) out.write("\r\x1b[2K");
    if (line !== undefined) out.write(`${line}\n`);
    if (isTty && under.size > 0) out.write(styled("dim", `  · ${[...under].join(", ")} …`));
  }

  return {
    say,
    styled,

    /** Say what is under way, and when it is done how long it took. `result` may name it better. */
    async step<T>(name: string, work: Promise<T>, result: (value: T) => string = () => name): Promise<T> {
      const startedAt = performance.now();
      under.add(name);
      say();
      try {
        const value = await work;
        under.delete(name);
        const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
        say(`  ${styled("green", "✓")} ${result(value)} ${styled("dim", seconds)}`);
        return value;
      } finally {
        under.delete(name);
      }
    },

    /** What went wrong, in one sentence. */
    fault(sentence: string): void {
      under.clear();
      if (isTty) out.write("\r\x1b[2K");
      process.stderr.write(`${styled("red", "✗")} ${sentence}\n`);
    },
  };
}

export type Terminal = ReturnType<typeof terminal>;

/** One command on the way to a cluster. Running it again does no harm. */
export interface Step {
  /** What is true afterwards. */
  name: string;
  /** Program and arguments; no shell reads them. */
  run: readonly string[];
  /** Objects for the command's stdin, as JSON documents, which is YAML. */
  objects?: readonly object[];
  /** A command whose output is the stdin. */
  from?: readonly string[];
  /** A command that succeeds when there is nothing to do. */
  unless?: readonly string[];
  /** A file that exists when there is nothing to do. */
  unlessFile?: string;
}

/** Stdin of a step that applies objects. */
export const documents = (objects: readonly object[]): string =>
  objects.map((object) => JSON.stringify(object, null, 2)).join("\n---\n") + "\n";

const quote = (word: string) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
const line = (command: readonly string[]) => command.map(quote).join(" ");

/** A step as a person would type it. */
export function typed({ name, run, objects, from, unless, unlessFile }: Step): string {
  const [before, after] = unless
    ? [`${line(unless)} >/dev/null 2>&1 || `, ""]
    : unlessFile
    ? [`test -f ${quote(unlessFile)} || `, ""]
    : ["", ""];
  const command = from ? `${line(from)} | ${line(run)}` : line(run);
  const input = objects ? ` <<'END'\n${documents(objects)}END` : "";
  return `# ${name}\n${before}${command}${after}${input}\n`;
}

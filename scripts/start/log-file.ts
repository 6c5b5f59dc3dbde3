import { appendFileSync, renameSync, statSync } from "node:fs";

/** When the file is this large it becomes `<file>.1`, in the place of the one before: twice this is all it ever takes. */
const maxBytes = 10 * 1024 * 1024;

/** Append lines to a file that does not grow without bound. A full disk loses log lines and nothing else. */
export function logFile(file: string): (line: string) => void {
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (line) => {
    try {
      if (size > maxBytes) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
      size += line.length + 1;
    } catch {
      // nothing to tell, and nowhere to tell it
    }
  };
}

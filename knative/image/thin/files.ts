/** What serving files asks of `node:fs/promises`. */
export const readFile = (name: string): Promise<Uint8Array> => Deno.readFile(name);

export async function stat(name: string) {
  const { isFile, size, mtime } = await Deno.stat(name);
  return { isFile: () => isFile, size, mtimeMs: mtime?.getTime() ?? 0 };
}

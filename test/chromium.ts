import { execFileSync } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const require = createRequire(import.meta.url);
const { extract } = require("tar-fs") as { extract(folder: string): NodeJS.WritableStream }; // has no types of its own

/** A Chromium that has answered to `--version`, and what its environment needs beside our own. */
export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
  /** Where it was found, for people. */
  from: string;
}

/** What a headless test browser goes without: sandbox (it opens only our own pages), GPU, and calls home. */
export const chromiumArgs: string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
];

const systemNames = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "microsoft-edge"];
const macApplications = ["Google Chrome", "Chromium", "Microsoft Edge"];

/** Why this Chromium does not run here; `undefined` when it does. */
function fault(executablePath: string, env: Record<string, string> = {}): string | undefined {
  try {
    execFileSync(executablePath, ["--version"], { env: { ...process.env, ...env }, stdio: "pipe", timeout: 20_000 });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: { toString(): string } };
    return stderr?.toString().trim().split("\n")[0] || message;
  }
}

/** The browsers that this machine has, most wanted first. */
function installed(): string[] {
  if (process.platform === "darwin") {
    return macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`).filter(existsSync);
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return systemNames.flatMap((name) => folders.map((folder) => path.join(folder, name))).filter(existsSync);
}

/**
 * The folder of the npm package's Chromium, unpacked once per version into node_modules/.cache. Our own unpacking,
 * because the package's goes to a fixed path that other users and versions share, and trusts whatever lies there.
 */
async function unpacked(): Promise<string> {
  const name = "@sparticuz/chromium";
  const main = require.resolve(name);
  const root = main.slice(0, main.lastIndexOf(path.normalize(name)) + name.length);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  const folder = path.resolve(root, "../../.cache/chromium", version);
  if (existsSync(folder)) return folder;

  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const unpack = (file: string, to: NodeJS.WritableStream) =>
    pipeline(createReadStream(path.join(root, "bin", file)), createBrotliDecompress(), to);
  try {
    await Promise.all([
      unpack("chromium.br", createWriteStream(path.join(fresh, "chromium"), { mode: 0o755 })),
      unpack("swiftshader.tar.br", extract(fresh)),
      unpack("fonts.tar.br", extract(fresh)),
      unpack("al2023.tar.br", extract(path.join(fresh, "al2023"))),
    ]);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was faster, and its copy is complete
  }
  return folder;
}

/** The package's own fonts, for a machine that has none: text would be boxes. */
function fontsOf(folder: string): Record<string, string> {
  if (["/usr/share/fonts", "/usr/local/share/fonts"].some(existsSync)) return {};
  const config = path.join(folder, "fonts.conf");
  writeFileSync(
    config,
    `<fontconfig><dir>${path.join(folder, "fonts")}</dir><cachedir>${folder}</cachedir></fontconfig>`,
  );
  return { FONTCONFIG_FILE: config };
}

/**
 * A Chromium for the browser tests: `CHROME_PATH`, then what the system has, then the one from npm (Linux on x64), at
 * last that one with the libraries it brings. Otherwise the reason why there is none, so that a test can say why it skips.
 */
export async function findChromium(): Promise<Chromium | { missing: string }> {
  const given = process.env.CHROME_PATH;
  if (given) {
    const why = fault(given);
    return why
      ? { missing: `CHROME_PATH does not run: ${why}` }
      : { executablePath: given, env: {}, from: "CHROME_PATH" };
  }
  const own = installed().find((candidate) => !fault(candidate));
  if (own) return { executablePath: own, env: {}, from: "system" };
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { missing: "no Chrome, Chromium or Edge is installed; set CHROME_PATH" };
  }

  const folder = await unpacked();
  const executablePath = path.join(folder, "chromium");
  const fonts = fontsOf(folder);
  if (!fault(executablePath)) return { executablePath, env: fonts, from: "npm" };
  const libraries = [path.join(folder, "al2023/lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  const env = { ...fonts, LD_LIBRARY_PATH: libraries };
  const why = fault(executablePath, env);
  return why
    ? { missing: `the Chromium from npm does not run: ${why}` }
    : { executablePath, env, from: "npm, own libraries" };
}

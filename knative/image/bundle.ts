import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type InputOptions, type OutputChunk, type OutputOptions, type Plugin, rolldown } from "rolldown";
import type { EntryName } from "./entry.ts";

/** The folder of this repository. */
export const house = fileURLToPath(new URL("../..", import.meta.url));

const thin = (root: string, name: string) => path.join(root, "knative/image/thin", `${name}.ts`);

/**
 * Node's built-ins cost a cold start more than everything else together, so what the Postgres driver and the functions
 * use of them is replaced by thin modules over `Deno.connect`, WebCrypto and abort signals.
 */
const thinModules = {
  "crypto": "crypto",
  "fs": "nothing",
  "net": "net",
  "node:fs/promises": "files",
  "node:process": "process",
  "os": "nothing",
  "perf_hooks": "nothing",
  "stream": "nothing",
  "tls": "tls",
};

const thinGlobals = {
  Buffer: "buffer",
  clearImmediate: "timers",
  clearTimeout: "timers",
  process: "process",
  setImmediate: "timers",
  setTimeout: "timers",
};

const mapped = <To>(names: Record<string, string>, to: (file: string, name: string) => To) =>
  Object.fromEntries(Object.entries(names).map(([name, file]) => [name, to(file, name)]));

const withThinModules = (root: string): InputOptions => ({
  platform: "neutral",
  external: /^node:zlib$/, // for a client that nobody compressed
  resolve: {
    alias: mapped(thinModules, (file) => thin(root, file)),
    conditionNames: ["import", "default"],
    mainFields: ["module", "main"],
  },
  transform: { inject: mapped(thinGlobals, (file, name): [string, string] => [thin(root, file), name]) },
});

/** Deno's own Node layer, for what is worth it: `@node-rs/xxhash` is an extra of the Redis client that we do not use. */
const withNode: InputOptions = { platform: "node", external: /^(node:|@node-rs\/xxhash$)/ };

/** The gateway speaks to Redis by a client that wants all of Node's sockets, and never sleeps. */
const isThin = (name: EntryName) => name !== "redis/rest";

const service = (name: EntryName) => `
import app from "./functions/${name}.ts";
import { serve } from "./knative/image/serve.ts";
serve(app);
`;

function migrations(root: string): string {
  const databases = { CHAT_DATABASE_URL: "functions/chat/migrations", USER_DATABASE_URL: "functions/user/migrations" };
  const files = Object.entries(databases).flatMap(([setting, dir]) =>
    readdirSync(path.join(root, dir)).filter((file) => file.endsWith(".sql")).sort()
      .map((file) => ({ setting, file, dir }))
  );
  return `
import { migrate } from "./knative/image/migrate.ts";
${files.map(({ dir, file }, i) => `import text${i} from "./${dir}/${file}";`).join("\n")}
await migrate([
${files.map(({ setting, file }, i) => `  { setting: "${setting}", file: "${file}", text: text${i} },`).join("\n")}
]);
`;
}

/** The entry of a bundle, which exists in memory only, as if it lay in the folder of this repository. */
function entry(name: string, text: string, root: string): Plugin {
  const id = path.join(root, `${name.replace("/", "-")}.entry.js`);
  return {
    name: "entry",
    resolveId: (asked) => asked === "entry" ? id : undefined,
    load: (asked) => asked === id ? text : undefined,
  };
}

/** The in-memory Redis is for one machine and tests: the image does without, and says so when `REDIS_URL` is missing. */
const noMemory = (root: string): Plugin => ({
  name: "no-memory",
  resolveId: (asked) => asked === "./memory.ts" ? thin(root, "memory") : undefined,
});

/** How a bundle is written. `plain` keeps lines and names, so that a stack trace in a log can be read. */
const styles = {
  plain: {},
  /** Without comments and spaces: the same for sources that differ in nothing else. */
  bare: { minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } }, comments: false },
} as const satisfies Record<string, OutputOptions>;

type Style = keyof typeof styles;

/** A program with all that it imports, as one module that needs nothing but Deno. `text` imports as from `root`. */
export async function bundleText(
  { name, text, root = house, style = "plain", options }: {
    name: string;
    text: string;
    root?: string;
    style?: Style;
    options?: InputOptions;
  },
): Promise<OutputChunk> {
  const build = await rolldown({
    input: "entry",
    cwd: root,
    ...(options ?? withThinModules(root)),
    moduleTypes: { ".sql": "text" },
    plugins: [entry(name, text, root), noMemory(root)],
    onLog(_, { message }) {
      throw new Error(`Cannot bundle ${name}: ${message}`);
    },
  });
  try {
    const { output } = await build.generate({ format: "esm", codeSplitting: false, ...styles[style] });
    return output[0];
  } finally {
    await build.close();
  }
}

/** One entry of the image, of the repository that lies at `root`. */
export function bundle(name: EntryName, style: Style = "plain", root = house): Promise<OutputChunk> {
  const text = name === "migrations" ? migrations(root) : service(name);
  return bundleText({ name, text, root, style, ...(!isThin(name) && { options: withNode }) });
}

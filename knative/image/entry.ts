import { chatDb, userDb } from "../../functions/lib/database.ts";
import { describe } from "../../functions/lib/fn.ts";
import type { Need } from "../../functions/lib/needs.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { denoPermissions } from "../permissions.ts";

/** A Secret and what it holds, as far as an entry's permissions and environment are concerned. */
export type EntryNeed = Pick<Need, "name" | "settings">;

/** What the image runs beside the functions, and what each of them reads. */
const others = {
  "redis/rest": [{ name: "redis-rest", settings: ["REDIS_URL", "UPSTASH_REDIS_REST_TOKEN"] }],
  "web/serve": [],
  "migrations": [chatDb, userDb],
} as const satisfies Record<string, readonly EntryNeed[]>;

/** Everything that the one image can run: each is one self-contained file in it. */
export type EntryName = FunctionName | keyof typeof others;

/** The names of all entries. */
export const entryNames = [...Object.keys(functions), ...Object.keys(others)] as EntryName[];

const isFunction = (name: EntryName): name is FunctionName => name in functions;

/** The Secrets of an entry. */
export const entryNeeds = (name: EntryName): readonly EntryNeed[] =>
  isFunction(name) ? describe(functions[name]).needs : others[name];

/** Where the image keeps Deno, and under which folder its entries lie. */
export const place = { deno: "/bin/deno", root: "/app" } as const;

/** The web server reads the built client, which lies where the image's own `WEB_ROOT` says; others read no file. */
const client = { settings: ["WEB_ROOT"] };

/**
 * Compile every function when its file is compiled, which is when the image is built: a first request then finds its
 * code ready (first answer of send-message 2.34 → 2.11 of bare, of get-me 1.88 → 1.78). V8's cache keeps to its flags, and is
 * 14 MB larger for it.
 */
const v8Flags = "--v8-flags=--no-lazy";

/**
 * The container's `command` and `args` for one entry, with its least permissions. `settings` holds the values of its
 * settings, of which only hosts are used. It listens on 0.0.0.0 and `settings.PORT`, 8080 unless said, which must be the
 * PORT of its environment; the migrations listen nowhere and end. `at` is where a build lies that is not in an image.
 */
export function entryArgs(
  name: EntryName,
  settings: Record<string, string | undefined>,
  at: { deno: string; root: string } = place,
): { command: string[]; args: string[] } {
  const listensOn = name === "migrations" ? undefined : `0.0.0.0:${settings["PORT"] ?? 8080}`;
  const isClient = name === "web/serve";
  const needs = [...entryNeeds(name), ...(isClient ? [client] : [])];
  return {
    command: [at.deno],
    args: [
      "run",
      v8Flags,
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--no-remote",
      ...denoPermissions(needs, settings, listensOn),
      ...(isClient ? [`--allow-read=${at.root}/web/client`] : []),
      `${at.root}/${name}.js`,
    ],
  };
}

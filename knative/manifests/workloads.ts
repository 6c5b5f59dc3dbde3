import path from "node:path";
import { describe } from "../../functions/lib/fn.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { type EntryName, entryNeeds } from "../image/entry.ts";
import * as numbers from "./numbers.ts";

/** What a Knative Service is made from: a function with what its spec says, or one of the two that are no function. */
export interface Workload {
  /** The Knative Service, and everything that belongs to it. */
  name: string;
  /** What the image runs for it. */
  entry: EntryName;
  /** Names of the settings it reads, sorted. */
  settings: readonly string[];
  /** The media type of its answers when they are streams. */
  streams?: string | undefined;
  /** Whether people wait for it while they talk. */
  isHot: boolean;
  /** Whether its requests are connections that last, so that the activator should not stand in their way. */
  isHeld: boolean;
  minScale: number;
  maxScale: number;
  target: number;
  timeoutSeconds: number;
}

const settingsOf = (entry: EntryName) => [...new Set(entryNeeds(entry).flatMap(({ settings }) => settings))].sort();

/** The workload of one function. */
export function functionWorkload(entry: FunctionName): Workload {
  const { scale, timeoutSeconds, answers } = describe(functions[entry]);
  const streams =
    Object.values(answers).flatMap((answer) => answer && "contentType" in answer ? answer.contentType : [])[0];
  return {
    name: path.posix.basename(entry),
    entry,
    settings: settingsOf(entry),
    streams,
    isHot: scale.hot === true,
    isHeld: streams === "text/event-stream",
    minScale: 0,
    maxScale: scale.max ?? numbers.maxScale,
    target: scale.target ?? numbers.target,
    timeoutSeconds,
  };
}

/** The Redis REST gateway: no route leads to it, only functions ask it. */
export const redisGateway: Workload = {
  name: "redis-rest",
  entry: "redis/rest",
  settings: settingsOf("redis/rest"),
  isHot: false,
  isHeld: true,
  ...numbers.redisGateway,
};

/** The web client, and whatever the edge has nobody else to ask for. */
export const webServer: Workload = {
  name: "web",
  entry: "web/serve",
  settings: settingsOf("web/serve"),
  isHot: true,
  isHeld: false,
  minScale: 0,
  ...numbers.webServer,
};

/** Everything that runs as a Knative Service. */
export const workloads = (): Workload[] => [
  ...(Object.keys(functions) as FunctionName[]).map(functionWorkload),
  redisGateway,
  webServer,
];

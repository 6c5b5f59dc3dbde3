import { describe } from "../../functions/lib/fn.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import { ask, type Person } from "../world.ts";
import type { Asked, Case } from "./row.ts";
import type { Scene } from "./scene.ts";

/** Every operation by its name, with all that is known of it. */
export const operations = (Object.keys(functions) as FunctionName[])
  .map((name) => ({ name, app: functions[name], ...describe(functions[name]) }));

export type Operation = (typeof operations)[number];

/** The operation of this name. */
export const operationOf = (name: FunctionName): Operation => operations.find((operation) => operation.name === name)!;

/** What a case asks for in a scene, with everything that it leaves open filled in. */
export function askedIn(of: Case, scene: Scene, caller: Person): Asked {
  const { room, messages, mate } = scene;
  return { roomId: room.id, messageId: messages.member.id, userId: mate.id, ...of.asks?.(scene, caller) };
}

/** The address of a request. Ids stand in it as they are given: it is the caller who escapes them. */
export function urlOf({ path }: Operation, { roomId, messageId, userId, query }: Asked): string {
  const filled = path.replace(":roomId", roomId ?? "").replace(":messageId", messageId ?? "")
    .replace(":userId", userId ?? "").replace(":emoji", encodeURIComponent("👍"));
  return query ? `${filled}?${new URLSearchParams(query)}` : filled;
}

/** Ask for an operation as somebody, or with these headers. */
export function askFor(
  operation: Operation,
  asked: Asked,
  { as, headers }: { as?: Person; headers?: Record<string, string> },
): Promise<Response> {
  return ask(operation.app, operation.method, urlOf(operation, asked), {
    ...(as && { as }),
    ...(headers && { headers }),
    ...(asked.body && { body: asked.body }),
  });
}

/**
 * An answer in one line: `200`, or `404 room-not-found` for a problem that its operation has declared, told as problems
 * must be told; anything else says what is wrong with it.
 */
export async function inWords(res: Response, { problems }: Pick<Operation, "problems">): Promise<string> {
  if (res.status < 400) {
    await res.body?.cancel();
    return String(res.status);
  }
  const text = await res.text();
  const type = res.headers.get("content-type");
  if (type !== "application/problem+json") return `${res.status} as ${type}: ${text}`;
  const body = JSON.parse(text);
  const name = body.type.replace("/problems/", "");
  if (body.status !== res.status) return `${res.status} whose body says ${body.status}`;
  if (body.requestId !== res.headers.get("x-request-id")) return `${res.status} ${name} of another request`;
  if (![...problems, "not-found"].includes(name)) return `${res.status} ${name}, which it never declared`;
  return `${res.status} ${name}`;
}

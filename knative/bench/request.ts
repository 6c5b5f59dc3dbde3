import { describe } from "../../functions/lib/fn.ts";
import { type FunctionName, functions } from "../../functions/registry.ts";
import type { Scene } from "./scene.ts";

/** What a first request carries beside its path, where its route alone does not say. */
const asks: Partial<Record<FunctionName, (scene: Scene) => { body?: unknown; query?: Record<string, string> }>> = {
  "chat/create-room": ({ member }) => ({ body: { roomType: "group", name: "Another", participantIds: [member] } }),
  "chat/discover-rooms": () => ({ query: { q: "room" } }),
  "chat/edit-message": () => ({ body: { content: "hello again" } }),
  "chat/get-changes": () => ({ query: { since: "0" } }),
  "chat/mark-read": () => ({ body: { seq: 1 } }),
  "chat/save-participant": () => ({ body: { role: "member" } }),
  "chat/search-messages": () => ({ query: { q: "hello" } }),
  "chat/send-message": () => ({ body: { id: crypto.randomUUID(), content: "hello" } }),
  "chat/update-room": () => ({ body: { name: "Renamed" } }),
  "user/get-presence": ({ member }) => ({ query: { ids: member } }),
  "user/save-contact": () => ({ body: { nickname: "Mate" } }),
  "user/search-users": () => ({ query: { q: "user" } }),
  "user/set-presence": () => ({ body: { status: "busy" } }),
  "user/update-me": () => ({ body: { bio: "Was here" } }),
};

/** Operations of a sign-in that answer a caller without one with a problem: their right answer here. */
const problems: Partial<Record<FunctionName, number>> = {
  "auth/callback": 400,
  "auth/logout": 401,
  "auth/refresh": 401,
};

/** Whom a path with `:userId` is about: who is invited is nobody yet, all others are members. */
const personOf = (name: FunctionName, { member, stranger }: Scene) =>
  name === "chat/save-participant" ? stranger : member;

export interface FirstRequest {
  path: string;
  init: RequestInit;
  /** Whether the function answered as it should. */
  isRight: (status: number) => boolean;
}

/** The request by which a function is measured and tested: a right one, whose answer takes all that it needs. */
export function firstRequest(name: FunctionName, scene: Scene): FirstRequest {
  const { method, path, answers } = describe(functions[name]);
  const { body, query = {} } = asks[name]?.(scene) ?? {};
  const params: Record<string, string> = {
    roomId: scene.room,
    messageId: scene.message,
    userId: personOf(name, scene),
    emoji: encodeURIComponent("👍"),
  };
  const filled = path.replace(/:(\w+)(\{[^}]*\})?/g, (_, param: string) => params[param]!);
  const search = new URLSearchParams(query).toString();
  const expected = problems[name];
  return {
    path: search ? `${filled}?${search}` : filled,
    init: {
      method,
      redirect: "manual",
      headers: {
        authorization: `Bearer ${scene.token}`,
        "x-parley": "1",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
    isRight: (status) => expected === undefined ? String(status) in answers : status === expected,
  };
}

import { hc } from "hono/client";
import type { NewRoom, Role } from "../../../functions/chat/schema.ts";
import type { Api as Functions } from "../../../functions/registry.ts";
import type { ProfileChange } from "../../../functions/user/schema.ts";
import type { InferInput } from "valibot";
import { RequestFailed } from "./RequestFailed.ts";

interface Answer<Body> {
  ok: boolean;
  status: number;
  json(): Promise<Body>;
}

/** The body of a good answer; anything else is thrown as `RequestFailed`. */
async function bodyOf<Body>(pending: Promise<Answer<Body>>): Promise<Body> {
  const response = await pending;
  if (!response.ok) throw await RequestFailed.of(response as unknown as Response);
  try {
    return await response.json();
  } catch {
    throw new RequestFailed(null); // cut off on the way
  }
}

async function done(pending: Promise<{ ok: boolean }>): Promise<void> {
  const response = await pending;
  if (!response.ok) throw await RequestFailed.of(response as Response);
}

/** Everything the client asks of the functions, typed by them. `fetch` is the session's, which throws `RequestFailed`. */
export function makeApi({ fetch, baseUrl = "/" }: { fetch: typeof globalThis.fetch; baseUrl?: string }) {
  const { api, auth } = hc<Functions>(baseUrl, { fetch });
  const room = api.rooms[":roomId"];
  const participant = room.participants[":userId"];
  const contact = api.contacts[":userId"];

  return {
    logout: () => done(auth.logout.$post()),

    getMe: () => bodyOf(api.me.$get()),
    updateMe: (change: InferInput<typeof ProfileChange>) => bodyOf(api.me.$patch({ json: change })),
    usersByIds: (ids: readonly string[]) =>
      bodyOf(api.users.$get({ query: { ids: ids.join(","), limit: String(ids.length) } })),
    searchUsers: (q: string) => bodyOf(api.users.$get({ query: { q } })),

    listContacts: (cursor?: string) => bodyOf(api.contacts.$get({ query: { ...(cursor && { cursor }) } })),
    saveContact: (userId: string, nickname: string | null) =>
      bodyOf(contact.$put({ param: { userId }, json: { nickname } })),
    removeContact: (userId: string) => done(contact.$delete({ param: { userId } })),

    createRoom: (newRoom: InferInput<typeof NewRoom>) => bodyOf(api.rooms.$post({ json: newRoom })),
    listRooms: (cursor?: string) => bodyOf(api.rooms.$get({ query: { ...(cursor && { cursor }), limit: "100" } })),
    getRoom: (roomId: string) => bodyOf(room.$get({ param: { roomId } })),
    saveParticipant: (roomId: string, userId: string, role?: Role) =>
      bodyOf(participant.$put({ param: { roomId, userId }, json: { ...(role && { role }) } })),
    removeParticipant: (roomId: string, userId: string) => done(participant.$delete({ param: { roomId, userId } })),

    sendMessage: (roomId: string, id: string, content: string) =>
      bodyOf(room.messages.$post({ param: { roomId }, json: { id, content } })),
    listMessages: (roomId: string, { before, limit }: { before?: number; limit: number }) =>
      bodyOf(room.messages.$get({
        param: { roomId },
        query: { limit: String(limit), ...(before !== undefined && { before: String(before) }) },
      })),
    markRead: (roomId: string, seq: number) => bodyOf(room["read-marker"].$put({ param: { roomId }, json: { seq } })),
    getChanges: (roomId: string, since: number) =>
      bodyOf(room.changes.$get({ param: { roomId }, query: { since: String(since), limit: "100" } })),

    /** The stream of events; read its body as it comes. */
    events: (signal: AbortSignal) => api.events.$get(undefined, { init: { signal } }) as unknown as Promise<Response>,
  };
}

export type Api = ReturnType<typeof makeApi>;

import { hc } from "hono/client";
import type { NewRoom, Role, RoomChange } from "../../../functions/chat/schema.ts";
import type { Api as Functions } from "../../../functions/registry.ts";
import type { PresenceStatus, ProfileChange } from "../../../functions/user/schema.ts";
import type { InferInput } from "valibot";
import type { MessagesQuery } from "../sync/SyncApi.ts";
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
  const message = room.messages[":messageId"];
  const reaction = message.reactions[":emoji"];
  const digits = (query: Partial<MessagesQuery>) =>
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));

  return {
    logout: () => done(auth.logout.$post()),

    getMe: () => bodyOf(api.me.$get()),
    updateMe: (change: InferInput<typeof ProfileChange>) => bodyOf(api.me.$patch({ json: change })),
    /** Everything that is held on me, whole: its last line says so. */
    async exportMe(): Promise<Blob> {
      const { signal } = new AbortController(); // it takes as long as it takes
      const response = await api.me.export.$get(undefined, { init: { signal } }) as unknown as Response;
      if (!response.ok) throw await RequestFailed.of(response);
      const file = await response.blob().catch(() => {
        throw new RequestFailed(null);
      });
      if (!/^\{"type":"end".*\}\n$/m.test(await file.slice(-200).text())) throw new RequestFailed(null);
      return file;
    },
    deactivateMe: () => done(api.me.$delete()),
    usersByIds: (ids: readonly string[]) =>
      bodyOf(api.users.$get({ query: { ids: ids.join(","), limit: String(ids.length) } })),
    searchUsers: (q: string) => bodyOf(api.users.$get({ query: { q } })),

    presenceOf: (ids: readonly string[]) => bodyOf(api.presence.$get({ query: { ids: ids.join(",") } })),
    /** `keepalive`: the page may be gone before the answer is here. */
    setPresence: (status: PresenceStatus, keepalive = false) =>
      bodyOf(api.presence.$put({ json: { status } }, { init: { keepalive } })),

    listContacts: (cursor?: string) => bodyOf(api.contacts.$get({ query: { ...(cursor && { cursor }) } })),
    saveContact: (userId: string, nickname: string | null) =>
      bodyOf(contact.$put({ param: { userId }, json: { nickname } })),
    removeContact: (userId: string) => done(contact.$delete({ param: { userId } })),

    createRoom: (newRoom: InferInput<typeof NewRoom>) => bodyOf(api.rooms.$post({ json: newRoom })),
    listRooms: (cursor?: string) => bodyOf(api.rooms.$get({ query: { ...(cursor && { cursor }), limit: "100" } })),
    getRoom: (roomId: string) => bodyOf(room.$get({ param: { roomId } })),
    discoverRooms: (q: string, cursor?: string) =>
      bodyOf(api.rooms.discover.$get({ query: { ...(q && { q }), ...(cursor && { cursor }) } })),
    updateRoom: (roomId: string, change: InferInput<typeof RoomChange>) =>
      bodyOf(room.$patch({ param: { roomId }, json: change })),
    deleteRoom: (roomId: string) => done(room.$delete({ param: { roomId } })),
    listParticipants: (roomId: string, cursor?: string) =>
      bodyOf(room.participants.$get({ param: { roomId }, query: { limit: "100", ...(cursor && { cursor }) } })),
    saveParticipant: (roomId: string, userId: string, role?: Role) =>
      bodyOf(participant.$put({ param: { roomId, userId }, json: { ...(role && { role }) } })),
    removeParticipant: (roomId: string, userId: string) => done(participant.$delete({ param: { roomId, userId } })),

    sendMessage: (roomId: string, id: string, content: string, replyTo: string | null = null) =>
      bodyOf(room.messages.$post({ param: { roomId }, json: { id, content, replyTo } })),
    listMessages: (roomId: string, page: MessagesQuery) =>
      bodyOf(room.messages.$get({ param: { roomId }, query: digits(page) })),
    editMessage: (roomId: string, messageId: string, content: string) =>
      bodyOf(message.$patch({ param: { roomId, messageId }, json: { content } })),
    deleteMessage: (roomId: string, messageId: string) => done(message.$delete({ param: { roomId, messageId } })),
    react(roomId: string, messageId: string, emoji: string, isOn: boolean) {
      const param = { roomId, messageId, emoji: encodeURIComponent(emoji) };
      return done(isOn ? reaction.$put({ param }) : reaction.$delete({ param }));
    },
    listReads: (roomId: string, messageId: string, cursor?: string) =>
      bodyOf(message.reads.$get({ param: { roomId, messageId }, query: { ...(cursor && { cursor }) } })),
    searchMessages: (q: string, cursor?: string) =>
      bodyOf(api.messages.search.$get({ query: { q, ...(cursor && { cursor }) } })),
    setTyping: (roomId: string) => done(room.typing.$post({ param: { roomId } })),
    markRead: (roomId: string, seq: number) => bodyOf(room["read-marker"].$put({ param: { roomId }, json: { seq } })),
    getChanges: (roomId: string, since: number) =>
      bodyOf(room.changes.$get({ param: { roomId }, query: { since: String(since), limit: "100" } })),

    /** The stream of events; read its body as it comes. */
    events: (signal: AbortSignal) => api.events.$get(undefined, { init: { signal } }) as unknown as Promise<Response>,
  };
}

export type Api = ReturnType<typeof makeApi>;

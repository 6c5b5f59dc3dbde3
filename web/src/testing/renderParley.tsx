import { render } from "@solidjs/testing-library";
import { userEvent } from "@testing-library/user-event";
import type { Contact } from "../../../functions/user/model.ts";
import type { Api } from "../api/makeApi.ts";
import { makeMemoryStore } from "../outbox/OutboxStore.ts";
import { createParley } from "../parley/createParley.ts";
import { ParleyContext } from "../parley/ParleyContext.ts";
import { makePageLock } from "../session/Lock.ts";
import { Pages } from "../shell/Pages.tsx";
import { makeTestClock } from "../time/makeTestClock.ts";
import { makeServer } from "./makeServer.ts";
import { ada, alan, grace, me } from "./people.ts";

const everybody = [ada, alan, grace, me];
const encode = (event: unknown) => new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`);

/** A server with people, whose stream says hello to whoever asks. */
export const aServer = () => makeServer(me.id);

/**
 * The whole client behind the sign-in, at `path`, in front of a server in memory; `api` overrides what that answers.
 * Time stands still: `clock.advance` brings names, search results and retries.
 */
export async function renderParley(
  { path = "/", server = aServer(), api = {} as Partial<Api>, signOut = () => Promise.resolve() } = {},
) {
  history.replaceState(null, "", path);
  localStorage.clear();
  const clock = makeTestClock();
  const contacts: Contact[] = [];
  const sent: string[] = [];

  const answers: Partial<Api> = {
    ...server.api as Partial<Api>,
    usersByIds: (ids) => Promise.resolve({ users: everybody.filter(({ id }) => ids.includes(id)) }),
    searchUsers: (q) =>
      Promise.resolve({ users: everybody.filter(({ displayName }) => displayName.toLowerCase().includes(q)) }),
    searchMessages: (q) => Promise.resolve({ messages: server.search(q), cursor: null }),
    discoverRooms: () => Promise.resolve({ rooms: [], cursor: null }),
    presenceOf: (ids) =>
      Promise.resolve({ presence: ids.map((userId) => ({ userId, status: "offline" as const, lastSeen: null })) }),
    setPresence: (status) => Promise.resolve({ userId: me.id, status, lastSeen: new Date(clock.now()).toISOString() }),
    setTyping: () => Promise.resolve(),
    listContacts: () => Promise.resolve({ contacts, cursor: null }),
    sendMessage(roomId, id, content, replyTo = null) {
      sent.push(content);
      const at = new Date(clock.now()).toISOString();
      return Promise.resolve(server.say(roomId, content, { id, from: me.id, at, replyTo }));
    },
    editMessage: (roomId, id, content) => Promise.resolve(server.edit({ roomId, id }, content)),
    async deleteMessage(roomId, id) {
      await server.remove({ roomId, id });
    },
    events: () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(encode(server.hello()));
              server.listen((event) => controller.enqueue(encode(event)));
            },
          }),
        ),
      ),
    ...api,
  };

  const view = render(() => {
    const parley = createParley({
      me,
      api: answers as Api,
      clock,
      lock: makePageLock(),
      store: makeMemoryStore(),
      isCurrent: () => true,
      signOut,
    });
    return (
      <ParleyContext.Provider value={parley}>
        <Pages />
      </ParleyContext.Provider>
    );
  });
  await clock.advance(100);
  return { ...view, user: userEvent.setup(), clock, server, sent };
}
